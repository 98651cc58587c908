import type { Tx } from '../platform/db/db.ts'
import type { ComparedClaim } from './compare-claim.ts'
import { factsIn } from './rules/facts/facts-in.ts'
import { storiesOf } from './rules/join.ts'
import { storedUnit } from './rules/stored-unit.ts'
import type { Likeness } from './rules/types.ts'
import { type PlacedClaim, type StoredClaim, saveTerms, type UnplacedClaim } from './store/claims.ts'
import { saveFacts } from './store/facts.ts'
import { addClaim, addStory, claimsOf, linksAmong, moveClaims, saveLinks } from './store/stories.ts'

/** Puts a claim into a story of its event or into a new one; returns the stories that changed. */
export async function settleClaim(tx: Tx, claim: UnplacedClaim, compared: ComparedClaim): Promise<number[]> {
  const { unit, focus, links, near } = compared
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]))
  const stories = near.filter((other) => linked.has(other.wording)).map(({ story_id }) => story_id)
  const around = await claimsOf(tx, [...new Set(stories)])
  const placed: PlacedClaim = {
    wording: claim.wording,
    at: claim.at,
    unit: storedUnit(unit),
    focus,
    story_id: 0,
    follows: null,
  }
  const { story, changed } = await arrange(tx, claim.wording, around, links)
  await addClaim(tx, { ...placed, story_id: story })
  await saveLinks(tx, links)
  await saveTerms(tx, placed, [...unit.terms.keys()])
  await saveFacts(tx, claim.wording, factsIn(claim.text, claim.attribution))
  return changed
}

/**
 * Arranges a new claim and the stories around it anew: the result depends on the claims and their links, not on the order in
 * which they came. Each group keeps the story of most of its claims. Returns the story of the new claim, and those that changed.
 */
async function arrange(
  tx: Tx,
  wording: number,
  around: StoredClaim[],
  links: Likeness[],
): Promise<{ story: number; changed: number[] }> {
  const wordings = around.map((other) => other.wording)
  const groups = storiesOf([...wordings, wording], [...(await linksAmong(tx, wordings)), ...links]).map((group) =>
    group.map(Number),
  )
  const known = new Map(around.map((other) => [other.wording, other.story_id]))
  const taken = new Set<number>()
  const changed = new Set<number>()
  let own = 0
  for (const group of groups.toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))) {
    const before = group.flatMap((id) => known.get(id) ?? []).filter((id) => !taken.has(id))
    const story = mostFrequent(before) ?? (await addStory(tx))
    taken.add(story)
    const moved = group.filter((id) => id !== wording && known.get(id) !== story)
    await moveClaims(tx, moved, story)
    if (group.includes(wording)) own = story
    for (const id of moved) changed.add(story).add(known.get(id) ?? story)
  }
  return { story: own, changed: [...changed.add(own)] }
}

/** The most frequent number, of several the smallest. */
function mostFrequent(numbers: number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].toSorted(([a, often], [b, other]) => other - often || a - b)[0]?.[0]
}
