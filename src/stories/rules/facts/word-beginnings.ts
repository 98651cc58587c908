import type { Event } from './events.ts'
import type { Kind, Thing } from './things.ts'

/** An event with the beginnings of the words that tell it, as parts of a pattern. */
export type EventLine = readonly [event: Event, beginnings: string]
/** A kind of thing with its unit and the beginnings of its words, as parts of a pattern. */
export type ThingLine = readonly [kind: Kind, unit: string, beginnings: string]

/** The pattern of each event. A word begins behind no character of `letters`, the inner part of a character class. */
export const eventPatterns = (lines: EventLine[], letters: string): { event: Event; words: RegExp }[] =>
  lines.map(([event, beginnings]) => ({ event, words: new RegExp(`(?<![${letters}])(?:${beginnings})`, 'iu') }))

/** Makes the search for the thing that the first known noun counts. `article` is a pattern of what stands glued before a noun. */
export function thingFinder(lines: ThingLine[], article = ''): (nouns: string[]) => Thing | undefined {
  const things = lines.map(([kind, unit, beginnings]) => ({
    thing: { kind, unit },
    words: new RegExp(`^${article}(?:${beginnings})`, 'iu'),
  }))
  return (nouns) => {
    for (const noun of nouns) {
      const known = things.find(({ words }) => words.test(noun))
      if (known) return known.thing
    }
    return undefined
  }
}
