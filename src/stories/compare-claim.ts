import type { Tx } from '../platform/db/db.ts'
import { namesSeveralStories } from '../reading/rules/takeaways/title-claim.ts'
import type { BackgroundFor } from './background-for.ts'
import { focusOf } from './rules/background.ts'
import { contextOf } from './rules/context.ts'
import { linkOf, maxDistance } from './rules/likeness.ts'
import { unitFrom } from './rules/stored-unit.ts'
import type { Link, ReportedStatement, Unit } from './rules/types.ts'
import { unitOf } from './rules/unit.ts'
import { searchTerms, weigh } from './rules/weigh.ts'
import { claimsWithTerms, type StoredClaim, type UnplacedClaim } from './store/claims.ts'

/** So many claims that share rare terms are compared with a new one. */
const maxCandidates = 80

/** A claim with the claims that are near it, its links with them, and how near it is to what the stream tells most. */
export type ComparedClaim = { unit: Unit; focus: number; near: StoredClaim[]; links: Link[] }

/**
 * Compares a claim that is in no story with those of the days around that share one of its rarest terms; `withFollowers` also with
 * those that only follow others into their stories.
 */
export async function compareClaim(
  tx: Tx,
  claim: UnplacedClaim,
  backgroundFor: BackgroundFor,
  { withFollowers = false } = {},
): Promise<ComparedClaim> {
  const unit = unitOf(statementOf(claim))
  const background = await backgroundFor([unit])
  const terms = searchTerms(weigh(unit, background), background)
  const near = await claimsNear(tx, terms, claim.at, withFollowers)
  const links = await linksOf(unit, near, backgroundFor)
  return { unit, focus: focusOf(unit, background), near, links }
}

function statementOf(claim: UnplacedClaim): ReportedStatement {
  const { wording, item, at, title, text, language, reading, passages, start, kind, topics } = claim
  const isListed = kind === 'stated' && !title.includes(text)
  const isOfSeveral = namesSeveralStories(title)
  const around = contextOf({ text: reading, passages: passages ?? [] }, { start, isListed: isListed || isOfSeveral })
  const published = at.epochMilliseconds
  const about = { id: wording, report: item, published, text, topics, language: language?.slice(0, 2) }
  // What stands around a claim of a newsletter tells of other things.
  return isOfSeveral ? { ...about, title: '', passage: around.passage, context: '' } : { ...about, title, ...around }
}

async function claimsNear(
  tx: Tx,
  terms: string[],
  at: Temporal.Instant,
  withFollowers: boolean,
): Promise<StoredClaim[]> {
  const [from, to] = [at.subtract({ milliseconds: maxDistance }), at.add({ milliseconds: maxDistance })]
  return claimsWithTerms(tx, terms, { from, to, withFollowers, limit: maxCandidates })
}

async function linksOf(unit: Unit, near: StoredClaim[], backgroundFor: BackgroundFor): Promise<Link[]> {
  const others = near.map((claim) => unitFrom(claim.unit))
  const background = await backgroundFor([unit, ...others])
  const own = weigh(unit, background)
  return others.flatMap((other) => linkOf(own, weigh(other, background)) ?? [])
}
