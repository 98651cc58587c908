import { hash } from 'node:crypto'
import { feedDate } from './dates/feed-date.ts'

/** A document without the entries that were read before; `entries` counts those too, `fingerprints` are of them all. */
export type Cut = { text: string } & Omit<ChosenEntries, 'chosen'>

/**
 * Takes out of a document every entry whose source is letter for letter one that was read before, so that parsing and
 * sanitising cost as much as what is new. Where entries cannot be told apart for certain (comments, CDATA or other entries
 * across their edges), nothing is taken out.
 */
export function cutKnown(text: string, seen: Set<string>): Cut {
  const entries = entriesIn(text)
  if (!entries) return { text, fingerprints: [], entries: 0, repairs: [] }
  const sourceOf = ({ from, to }: Span) => text.slice(from, to)
  const nameOf = (span: Span) => fingerprint(sourceOf(span))
  const dateOf = (span: Span) => writtenDate.exec(sourceOf(span))?.[1] ?? ''
  const { chosen, ...choice } = chooseEntries(entries, { nameOf, dateOf, seen })
  const unwanted = entries.filter((_, place) => !chosen.has(place))
  return { text: unwanted.length ? without(unwanted, text) : text, ...choice }
}

const writtenDate =
  /<(?:[\w.-]{1,20}:)?(?:pubdate|date|published|updated|issued|modified)(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?([^<>]{1,100})/i

function without(spans: Span[], text: string): string {
  let kept = ''
  let end = 0
  for (const { from, to } of spans) {
    kept += text.slice(end, from)
    end = to
  }
  return kept + text.slice(end)
}

/** Short names of sources, for comparing only. */
export const fingerprint = (source: string) => hash('sha256', source, 'base64url').slice(0, 16)

type Span = { from: number; to: number }

function entriesIn(text: string): Span[] | null {
  const opening = /<((?:[\w.-]{1,20}:)?(?:item|entry))(?=[\s>])/gi
  const spans: Span[] = []
  let end = 0
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const closing = `</${found[1]}>`
    const at = text.indexOf(closing, found.index)
    const to = at + closing.length
    if (at < 0 || !isWhole(text.slice(end, found.index)) || !isWhole(text.slice(found.index, to))) return null
    if (/<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>]/i.test(text.slice(found.index + 5, at))) return null
    spans.push({ from: found.index, to })
    opening.lastIndex = to
    end = to
  }
  return isWhole(text.slice(end)) ? spans : null
}

/** No CDATA section or comment begins here and ends elsewhere. */
function isWhole(piece: string): boolean {
  return (
    piece.lastIndexOf('<![CDATA[') <= piece.lastIndexOf(']]>') && piece.lastIndexOf('<!--') <= piece.lastIndexOf('-->')
  )
}

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
