import type { Match } from './match.ts'

/** What follows from matches alone is worked out once, as many signals name the same list. */
export function remembered<T>(of: (matches: Match[]) => T): (matches: Match[]) => T {
  const known = new WeakMap<Match[], T>()
  return (matches) => {
    const found = known.get(matches) ?? of(matches)
    known.set(matches, found)
    return found
  }
}
