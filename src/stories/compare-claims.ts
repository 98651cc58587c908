import type { Tx } from '../platform/db/db.ts'
import { namesSeveralStories } from '../reading/rules/takeaways/title-claim.ts'
import type { BackgroundFor } from './background-for.ts'
import { focusOf } from './rules/background.ts'
import { contextOf } from './rules/context.ts'
import { linkOf, maxDistance } from './rules/likeness.ts'
import { unitFrom } from './rules/stored-unit.ts'
import type { Link, ReportedStatement, Unit } from './rules/types.ts'
import { unitOf } from './rules/unit.ts'
import { searchTerms, type WeighedUnit, weigh } from './rules/weigh.ts'
import type { OpenClaim } from './store/open-claims.ts'
import { claimsWithTerms, type FoundClaim } from './store/searches.ts'

/** So many claims whose shared terms count most are compared with a new one. */
const maxNear = 40

/** A stored claim, and how much the terms count that another one shares with it. */
type NearClaim = { wording: number; story_id: number; follows: number | null; unit: WeighedUnit; shared: number }

/** An open claim as it is compared, the terms that it is searched by, and the stored claims of the days around that share them. */
export type ComparedClaim = {
  claim: OpenClaim
  unit: Unit
  weighed: WeighedUnit
  focus: number
  terms: Map<string, number>
  near: NearClaim[]
}

/** Compares open claims with the stored ones; `withFollowers` also with those that only follow others into their stories. */
export async function compareClaims(
  tx: Tx,
  claims: OpenClaim[],
  backgroundFor: BackgroundFor,
  { withFollowers = false } = {},
): Promise<ComparedClaim[]> {
  const read = claims.map((claim) => ({ claim, unit: unitOf(statementOf(claim)) }))
  const background = await backgroundFor(read.map(({ unit }) => unit))
  const compared = read.map(({ claim, unit }) => {
    const weighed = weigh(unit, background)
    return { claim, unit, weighed, focus: focusOf(unit, background), terms: searchTerms(weighed, background) }
  })
  const searches = compared.map(({ claim, terms }) => ({ id: claim.wording, terms, ...spanAround(claim.at) }))
  const found = await claimsWithTerms(tx, searches, { withFollowers, limit: maxNear })
  const near = await nearClaims(found, backgroundFor)
  return compared.map((one) => ({ ...one, near: near.get(one.claim.wording) ?? [] }))
}

const spanAround = (at: Temporal.Instant) => ({
  from: at.subtract({ milliseconds: maxDistance }),
  to: at.add({ milliseconds: maxDistance }),
})

/** For each claim that was searched by its terms, the claims that were found. */
async function nearClaims(found: FoundClaim[], backgroundFor: BackgroundFor): Promise<Map<number, NearClaim[]>> {
  const units = found.map(({ unit }) => unitFrom(unit))
  const background = await backgroundFor(units)
  const near = found.flatMap(({ searches, shared, ...claim }, i) => {
    const unit = weigh(units[i]!, background)
    return searches.map((search, at) => ({ search, ...claim, unit, shared: shared[at] ?? 0 }))
  })
  return Map.groupBy(near, ({ search }) => search)
}

function statementOf(claim: OpenClaim): ReportedStatement {
  const { wording, item, at, title, text, language, reading, passages, start, kind, topics } = claim
  const isListed = kind === 'stated' && !title.includes(text)
  const isOfSeveral = namesSeveralStories(title)
  const around = contextOf({ text: reading, passages }, { start, isListed: isListed || isOfSeveral })
  const published = at.epochMilliseconds
  const about = { id: wording, report: item, published, text, topics, language: language?.slice(0, 2) }
  // What stands around a claim of a newsletter tells of other things.
  return isOfSeveral ? { ...about, title: '', passage: around.passage, context: '' } : { ...about, title, ...around }
}

/** The links of a claim with those that share most of its terms, of the stored ones and of `fresh` ones that are not stored yet. */
export function linksOf({ unit, weighed, terms, near }: ComparedClaim, fresh: ComparedClaim[]): Link[] {
  const others = fresh
    .filter((other) => Math.abs(other.unit.published - unit.published) <= maxDistance)
    .map((other) => ({
      wording: other.claim.wording,
      unit: other.weighed,
      shared: [...terms].reduce((sum, [term, count]) => (other.unit.terms.has(term) ? sum + count : sum), 0),
    }))
  return [...near, ...others.filter(({ shared }) => shared > 0)]
    .sort((a, b) => b.shared - a.shared || a.wording - b.wording)
    .slice(0, maxNear)
    .flatMap((other) => linkOf(weighed, other.unit) ?? [])
}
