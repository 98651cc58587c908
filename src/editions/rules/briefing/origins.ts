import { isCopy } from '../../../stories/rules/copies.ts'
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
    const compared = ofStory.toSorted((a, b) => a.position - b.position).slice(-maxCompared)
    for (const [i, claim] of compared.entries()) {
      const origin = compared.slice(0, i).find((older) => older.publisher !== claim.publisher && copies(claim, older))
      if (origin) origins.set(claim, origins.get(origin) ?? origin.publisher)
    }
  }
  return claims.map((claim) => ({ ...claim, publisher: origins.get(claim) ?? claim.publisher }))
}

const copies = (claim: StoryClaim, older: StoryClaim): boolean => isCopy(wordsOf(claim), wordsOf(older))

/** What a claim and its quotes say. */
const wordsOf = ({ text, evidence }: StoryClaim): string =>
  [text, ...evidence.map(({ quote }) => quote).filter((quote) => quote !== text)].join('\n')
