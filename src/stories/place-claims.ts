import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { namesSeveralStories } from '../reading/rules/takeaways/title-claim.ts'
import { type BackgroundFor, backgrounds } from './background-for.ts'
import { continueThreads } from './continue-threads.ts'
import { focusOf } from './rules/background.ts'
import { contextOf } from './rules/context.ts'
import { factsIn } from './rules/facts/facts-in.ts'
import { storiesOf } from './rules/join.ts'
import { linkOf, maxDistance } from './rules/likeness.ts'
import { storedUnit, unitFrom } from './rules/stored-unit.ts'
import type { Likeness, Link, ReportedStatement, Unit } from './rules/types.ts'
import { unitOf } from './rules/unit.ts'
import { rarestTerms, type WeighedUnit, weigh } from './rules/weigh.ts'
import {
  claimsWithTerms,
  countTerms,
  type PlacedClaim,
  type StoredClaim,
  saveTerms,
  type UnplacedClaim,
  unplacedClaims,
} from './store/claims.ts'
import { saveFacts } from './store/facts.ts'
import { addClaim, addStory, claimsOf, linksAmong, lockPlacing, moveClaims, saveLinks } from './store/stories.ts'

const maxBatch = 50
/** So many claims that share rare terms are compared with a new one. */
const maxCandidates = 80

/** Places the claims that are in no story, each in a story of its event or in a new one; returns how many were placed. */
export async function placeClaims(app: App, signal?: AbortSignal): Promise<number> {
  let placed = 0
  while (!signal?.aborted) {
    const count = await app.db.transaction().execute((tx) => placeBatch(tx, app.now()))
    placed += count
    if (count < maxBatch) break
  }
  return placed
}

async function placeBatch(tx: Tx, now: Temporal.Instant): Promise<number> {
  await lockPlacing(tx)
  const claims = await unplacedClaims(tx, maxBatch)
  if (claims.length === 0) return 0
  const backgroundFor = backgrounds(tx, await countTerms(tx, dateAt(now)))
  const changed = new Set<number>()
  for (const claim of claims) for (const story of await place(tx, claim, backgroundFor)) changed.add(story)
  await continueThreads(tx, [...changed], backgroundFor)
  return claims.length
}

/** Places one claim; returns the stories that changed. */
async function place(tx: Tx, unplaced: UnplacedClaim, backgroundFor: BackgroundFor): Promise<number[]> {
  const { wording, at } = unplaced
  const unit = unitOf(statementOf(unplaced))
  const background = await backgroundFor([unit])
  const near = await claimsNear(tx, weigh(unit, background), at)
  const links = await linksOf(unit, near, backgroundFor)
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]))
  const stories = near.filter((other) => linked.has(other.wording)).map(({ story_id }) => story_id)
  const around = await claimsOf(tx, [...new Set(stories)])
  const known = await linksAmong(
    tx,
    around.map((other) => other.wording),
  )
  const claim: PlacedClaim = { wording, at, unit: storedUnit(unit), focus: focusOf(unit, background), story_id: 0 }
  const story = await arrange(tx, claim, around, [...known, ...links])
  await addClaim(tx, { ...claim, story_id: story })
  await saveLinks(tx, links)
  await saveTerms(tx, claim, [...unit.terms.keys()])
  await saveFacts(tx, wording, factsIn(unplaced.text, unplaced.attribution))
  return [...new Set([story, ...stories])]
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

/** The claims of the days around that share one of the claim's rarest terms. */
async function claimsNear(tx: Tx, unit: WeighedUnit, at: Temporal.Instant): Promise<StoredClaim[]> {
  const [from, to] = [at.subtract({ milliseconds: maxDistance }), at.add({ milliseconds: maxDistance })]
  return claimsWithTerms(tx, rarestTerms(unit), from, to, maxCandidates)
}

async function linksOf(unit: Unit, near: StoredClaim[], backgroundFor: BackgroundFor): Promise<Link[]> {
  const others = near.map((claim) => unitFrom(claim.unit))
  const background = await backgroundFor([unit, ...others])
  const own = weigh(unit, background)
  return others.flatMap((other) => linkOf(own, weigh(other, background)) ?? [])
}

/**
 * Arranges a new claim and the stories that it is linked with anew: the result depends on the claims and their links, not on
 * the order in which they came. Each group keeps the story of most of its claims. Returns the story of the new claim.
 */
async function arrange(tx: Tx, claim: PlacedClaim, others: StoredClaim[], links: Likeness[]): Promise<number> {
  const ids = [...others, claim].map(({ wording }) => wording)
  const groups = storiesOf(ids, links).map((group) => group.map(Number))
  const known = new Map(others.map((other) => [other.wording, other.story_id]))
  const taken = new Set<number>()
  let own = 0
  for (const group of groups.toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))) {
    const before = group.flatMap((id) => known.get(id) ?? []).filter((id) => !taken.has(id))
    const story = mostFrequent(before) ?? (await addStory(tx))
    taken.add(story)
    await moveClaims(
      tx,
      group.filter((id) => id !== claim.wording && known.get(id) !== story),
      story,
    )
    if (group.includes(claim.wording)) own = story
  }
  return own
}

/** The most frequent number, of several the smallest. */
function mostFrequent(numbers: number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].toSorted(([a, often], [b, other]) => other - often || a - b)[0]?.[0]
}
