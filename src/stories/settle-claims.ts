import type { Tx } from '../platform/db/db.ts'
import { type ComparedClaim, linksOf } from './compare-claims.ts'
import { storiesOf } from './rules/join.ts'
import type { Likeness, Link } from './rules/types.ts'
import { savePlaced } from './save-placed.ts'
import { linkedClaimsOf, moveClaims } from './store/claims.ts'
import { addStory, mergeStories } from './store/stories.ts'

/** Puts each claim into a story of its event or into a new one; returns the stories that changed. */
export async function settleClaims(tx: Tx, compared: ComparedClaim[]): Promise<number[]> {
  const links = compared.map((one, i) => linksOf(one, compared.slice(0, i)))
  const around = await storiesAround(tx, compared, links.flat())
  const before = new Map(around.storyOf)
  for (const [i, { claim }] of compared.entries()) await arrange(tx, around, claim.wording, links[i] ?? [])
  const placed = compared.flatMap((one) => {
    const story = around.storyOf.get(one.claim.wording)
    return story === undefined ? [] : { ...one, story, follows: null }
  })
  await savePlaced(tx, placed, links.flat())
  await moveClaims(tx, new Map([...around.storyOf].filter(([id, story]) => (before.get(id) ?? story) !== story)))
  await mergeStories(tx, around.merged)
  return [...around.changed]
}

/**
 * The stories around new claims, which are arranged anew: the story of each claim, and the links among the claims. `changed`: the
 * stories with other claims than before; `merged`: where the last claim of a story went.
 */
type Around = {
  storyOf: Map<number, number>
  links: Likeness[]
  changed: Set<number>
  merged: Map<number, number>
}

/** All stories of the stored claims with which new ones have links: no other story can change. */
async function storiesAround(tx: Tx, compared: ComparedClaim[], links: Link[]): Promise<Around> {
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]))
  const near = compared.flatMap((one) => one.near).filter(({ wording }) => linked.has(wording))
  const claims = await linkedClaimsOf(tx, [...new Set(near.map(({ story_id }) => story_id))])
  const known = claims.flatMap((one) => one.links.map(([b, likeness]) => ({ a: one.wording, b, likeness })))
  const storyOf = new Map(claims.map(({ wording, story_id }) => [wording, story_id]))
  return { storyOf, links: known, changed: new Set(), merged: new Map() }
}

/**
 * Arranges a new claim and the stories of its links anew: the result depends on the claims and their links, not on the order in
 * which they came. Each group keeps the story of most of its claims.
 */
async function arrange(tx: Tx, { storyOf, changed, merged, ...around }: Around, wording: number, links: Link[]) {
  const stories = new Set(links.flatMap(({ a, b }) => storyOf.get(Number(a === wording ? b : a)) ?? []))
  const known = new Map([...storyOf].filter(([, story]) => stories.has(story)))
  around.links.push(...links)
  const among = around.links.filter(({ a, b }) => [a, b].every((id) => id === wording || known.has(Number(id))))
  const groups = storiesOf([...known.keys(), wording], among).map((group) => group.map(Number))
  const taken = new Set<number>()
  for (const group of groups.toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))) {
    const before = group.flatMap((id) => known.get(id) ?? [])
    const story = mostFrequent(before.filter((id) => !taken.has(id))) ?? (await addStory(tx))
    taken.add(story)
    for (const id of group) storyOf.set(id, story)
    const left = before.filter((id) => id !== story)
    for (const id of left) merged.set(id, story)
    if (left.length > 0 || group.includes(wording)) for (const id of [story, ...left]) changed.add(id)
  }
  const remaining = new Set(storyOf.values())
  for (const story of stories.intersection(remaining)) merged.delete(story)
}

/** The most frequent number, of several the smallest. */
function mostFrequent(numbers: number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].toSorted(([a, often], [b, other]) => other - often || a - b)[0]?.[0]
}
