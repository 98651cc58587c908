import { firstAtLeast } from '../search.ts'
import { type Finder, joined, type Match } from './match.ts'

/** Each thing at most `within` words from the first one, on either side; ordered: each after the one named before it. */
export function nearTo(finders: Finder[], within: number, ordered = false): Finder {
  return (question) => {
    const [anchors, ...others] = finders.map((find) => find(question))
    if (!anchors?.length || others.some((matches) => matches.length === 0)) return []
    const columns = others.map((matches) => ({ matches, starts: matches.map((m) => m.from) }))
    return anchors.flatMap((anchor) => {
      const told = [anchor]
      for (const { matches, starts } of columns) {
        const last = told.at(-1) ?? anchor
        const near = ordered ? next(matches, starts, last, within) : nearest(matches, starts, anchor, within)
        if (!near) return []
        told.push(near)
      }
      return [joined(told)]
    })
  }
}

/** The next match after a place, in the same sentence and no further than `within` words. */
function next(matches: Match[], starts: number[], to: Match, within: number): Match | undefined {
  const after = matches[firstAtLeast(starts, to.to)]
  return after && after.sentence === to.sentence && after.from - to.to <= within ? after : undefined
}

/** Matches that overlap the place are stepped over; a phrase is short, so a few steps reach past them. */
const mostOverlaps = 8

function nearest(matches: Match[], starts: number[], to: Match, within: number): Match | undefined {
  const after = next(matches, starts, to, within)
  const from = firstAtLeast(starts, to.from) - 1
  for (let i = from; i >= 0 && i > from - mostOverlaps; i--) {
    const before = matches[i]
    if (!before || before.sentence !== to.sentence) break
    if (before.to > to.from) continue
    const gap = to.from - before.to
    return gap <= within && (!after || gap < after.from - to.to) ? before : after
  }
  return after
}
