import { feedDate } from './dates/feed-date.ts'

/** More news than this at one poll is an archive or an attack; a parser's thread hands all of it to the main one. */
export const mostItems = 1000

/** More entries than this are not even compared with what is known: their names are kept with the feed. */
const mostKnown = 5000

/** Which entries of a document to read, by their place in it; `entries` counts those and the known ones. */
export type ChosenEntries = { chosen: Set<number>; fingerprints: string[]; entries: number; repairs: string[] }

type Sources<T> = { nameOf: (entry: T) => string; dateOf: (entry: T) => string; seen: Set<string> }

/**
 * Chooses the newest entries that are not known, at most `mostItems`. What is left over of news keeps its turn: it has no
 * fingerprint, and the next poll reads it. Of a document in which nothing is known, the rest is an archive and is passed over.
 */
export function chooseEntries<T>(entries: T[], { nameOf, dateOf, seen }: Sources<T>): ChosenEntries {
  const places = newestFirst(entries, dateOf).slice(0, mostKnown)
  const names = new Map(places.toSorted((a, b) => a - b).map((place) => [place, nameOf(entries[place]!)]))
  const fresh = places.filter((place) => !seen.has(names.get(place)!))
  const chosen = new Set(fresh.slice(0, mostItems))
  const isArchive = fresh.length === places.length
  const waiting = new Set(isArchive ? [] : fresh.slice(mostItems))
  const repairs = []
  if (places.length < entries.length) repairs.push(`only ${mostKnown} of its ${entries.length} entries were looked at`)
  if (fresh.length > mostItems) repairs.push(`only ${mostItems} of ${fresh.length} new entries were read`)
  return {
    chosen,
    fingerprints: [...names].filter(([place]) => !waiting.has(place)).map(([, name]) => name),
    entries: places.length - fresh.length + chosen.size,
    repairs,
  }
}

/** The places of entries: in the order of the document, which usually begins with the newest, else turned round. */
export function newestFirst<T>(entries: T[], dateOf: (entry: T) => string): number[] {
  const places = entries.map((_, place) => place)
  if (entries.length <= mostItems) return places
  const [first, last] = [entries[0]!, entries.at(-1)!].map((entry) => feedDate(dateOf(entry)))
  return first && last && last > first ? places.reverse() : places
}
