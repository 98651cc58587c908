import { componentsOf } from './components.ts'
import { compareIds } from './likeness.ts'
import type { Likeness, StatementId, StoryPolicy } from './types.ts'

/** Claims of a stream. Chosen on two periods of some weeks: docs/decisions.md says how. */
export const claimPolicy: StoryPolicy = { maxLikeness: 0.2, minLikeness: 0.07, minCohesion: 0.3 }
/** Whole texts without a title or a date. */
export const textPolicy: StoryPolicy = { maxLikeness: 0.5, minLikeness: 0.14, minCohesion: 0.7 }

/**
 * The stories of these statements: groups that their links join by average linkage, each in the order of its ids. The
 * result depends on the set of links only, not on their order. Statements without a link are stories of their own.
 */
export function storiesOf(ids: StatementId[], links: Likeness[], policy = claimPolicy): StatementId[][] {
  const likenesses = Map.groupBy(links, ({ a }) => a)
  return componentsOf(
    ids,
    links.filter(({ likeness }) => likeness > 0),
  )
    .flatMap((component) => joined(component, likenesses, policy))
    .sort(([a], [b]) => compareIds(a!, b!))
}

/** A group of statements while it grows. `inside` is the sum of the likenesses of its pairs; `near` those to other groups. */
type Group = { ids: StatementId[]; inside: number; near: Map<Group, number> }

function joined(component: StatementId[], links: Map<StatementId, Likeness[]>, policy: StoryPolicy): StatementId[][] {
  const groups = component.map((id): Group => ({ ids: [id], inside: 0, near: new Map() }))
  const groupOf = new Map(component.map((id, at) => [id, groups[at]!]))
  for (const { a, b, likeness } of component.flatMap((id) => links.get(id) ?? [])) {
    const [x, y] = [groupOf.get(a)!, groupOf.get(b)]
    if (!y) continue
    const counted = likeness === 0 ? apart : Math.min(likeness, policy.maxLikeness)
    x.near.set(y, counted)
    y.near.set(x, counted)
  }
  for (;;) {
    const pair = nearest(groups, policy)
    if (!pair) return groups.map(({ ids }) => ids.sort(compareIds))
    merge(...pair)
    groups.splice(groups.indexOf(pair[1]), 1)
  }
}

/** The likeness of two statements of different days: no sum of others outweighs it. */
const apart = Number.NEGATIVE_INFINITY

/** The two groups that are most alike and may become one; of equals, those of the lowest ids. */
function nearest(groups: Group[], policy: StoryPolicy): [Group, Group] | undefined {
  let best: { pair: [Group, Group]; likeness: number } | undefined
  for (const x of groups) {
    for (const [y, sum] of x.near) {
      if (compareIds(x.ids[0]!, y.ids[0]!) > 0) continue
      const likeness = sum / (x.ids.length * y.ids.length)
      if (likeness < policy.minLikeness || !isCohesive(x, y, likeness, policy)) continue
      if (!best || likeness > best.likeness || (likeness === best.likeness && isBefore([x, y], best.pair)))
        best = { pair: [x, y], likeness }
    }
  }
  return best?.pair
}

/** Small groups may join anything; larger ones only what is nearly as alike as they are within. */
function isCohesive(x: Group, y: Group, likeness: number, { minCohesion }: StoryPolicy): boolean {
  if (x.ids.length < minSettled || y.ids.length < minSettled) return true
  return likeness >= minCohesion * Math.min(cohesion(x), cohesion(y))
}

/** From so many statements on, a group has a likeness within that means something. */
const minSettled = 3

const cohesion = ({ ids, inside }: Group): number => inside / ((ids.length * (ids.length - 1)) / 2)

const isBefore = ([a, b]: [Group, Group], [c, d]: [Group, Group]): boolean =>
  (compareIds(a.ids[0]!, c.ids[0]!) || compareIds(b.ids[0]!, d.ids[0]!)) < 0

/** Puts a group into another one, which keeps its lowest id first. */
function merge(into: Group, from: Group): void {
  into.inside += from.inside + (into.near.get(from) ?? 0)
  into.ids = [...into.ids, ...from.ids].sort(compareIds)
  into.near.delete(from)
  for (const [other, sum] of from.near) {
    other.near.delete(from)
    if (other === into) continue
    const both = (into.near.get(other) ?? 0) + sum
    into.near.set(other, both)
    other.near.set(into, both)
  }
}
