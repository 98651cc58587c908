import { runsIn, shareRuns } from '../../../stories/rules/copies.ts'
import type { StoryClaim } from './story.ts'

/** So many claims of a story are compared, the newest: a story with more has sources enough. */
const maxCompared = 60

/**
 * The claims with the publisher that each comes from: one that copies the words of an older claim of its story, as papers print an
 * agency's text, counts for that one's publisher. Their order stays.
 */
export function withOrigins<Claim extends StoryClaim>(claims: Claim[]): Claim[] {
  const origins = new Map<Claim, string>()
  for (const [, ofStory] of Map.groupBy(claims, ({ story }) => story)) {
    if (new Set(ofStory.map(({ publisher }) => publisher)).size < 2) continue
    const newest = ofStory.toSorted((a, b) => a.position - b.position).slice(-maxCompared)
    const compared = newest.map((claim) => ({ claim, runs: runsIn(wordsOf(claim)) }))
    for (const [i, { claim, runs }] of compared.entries()) {
      const origin = compared
        .slice(0, i)
        .find((older) => older.claim.publisher !== claim.publisher && shareRuns(runs, older.runs))?.claim
      if (origin) origins.set(claim, origins.get(origin) ?? origin.publisher)
    }
  }
  return claims.map((claim) => ({ ...claim, publisher: origins.get(claim) ?? claim.publisher }))
}

/** What a claim and its quotes say. */
const wordsOf = ({ text, evidence }: StoryClaim): string =>
  [text, ...evidence.map(({ quote }) => quote).filter((quote) => quote !== text)].join('\n')
