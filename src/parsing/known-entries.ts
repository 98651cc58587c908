import { hash } from 'node:crypto'
import { feedDate } from './dates/feed-date.ts'

/**
 * How many entries one poll reads at most. More new entries than this are an archive or an attack, and the thread hands
 * all that it reads to the main thread.
 */
export const maxItems = 1000

/** How many entries are compared with the known ones; their fingerprints are kept with the feed. */
const maxCompared = 5000

/** A document without its known entries; `entries` also counts those, and `fingerprints` covers them too. */
type CutDocument = { text: string } & Omit<ChosenEntries, 'chosen'>

/**
 * Removes from a document every entry whose source is character for character one that was read before: parsing and
 * sanitising then cost as much as what is new. Where the limits of entries are uncertain (a comment, CDATA section or
 * other entry crosses them), nothing is removed.
 */
export function cutKnown(text: string, known: Set<string>): CutDocument {
  const entries = entriesIn(text)
  if (!entries) return { text, fingerprints: [], entries: 0, repairs: [] }
  const sourceOf = ({ from, to }: Range) => text.slice(from, to)
  const { chosen, ...choice } = chooseEntries(entries, {
    fingerprintOf: (entry) => fingerprint(sourceOf(entry)),
    dateOf: (entry) => writtenDate.exec(sourceOf(entry))?.[1] ?? '',
    known,
  })
  const others = entries.filter((_, index) => !chosen.has(index))
  return { text: others.length ? without(others, text) : text, ...choice }
}

const writtenDate =
  /<(?:[\w.-]{1,20}:)?(?:pubdate|date|published|updated|issued|modified)(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?([^<>]{1,100})/i

/** A short hash of an entry's source, for comparisons only. */
export const fingerprint = (source: string) => hash('sha256', source, 'base64url').slice(0, 16)

type Range = { from: number; to: number }

function without(ranges: Range[], text: string): string {
  let kept = ''
  let end = 0
  for (const { from, to } of ranges) {
    kept += text.slice(end, from)
    end = to
  }
  return kept + text.slice(end)
}

function entriesIn(text: string): Range[] | null {
  const opening = /<((?:[\w.-]{1,20}:)?(?:item|entry))(?=[\s>])/gi
  const ranges: Range[] = []
  let end = 0
  let found = opening.exec(text)
  while (found) {
    const closing = `</${found[1]}>`
    const at = text.indexOf(closing, found.index)
    const to = at + closing.length
    if (at < 0 || !isWhole(text.slice(end, found.index)) || !isWhole(text.slice(found.index, to))) return null
    const next = opening.exec(text)
    if (next && next.index < at) return null
    ranges.push({ from: found.index, to })
    found = next
    end = to
  }
  return isWhole(text.slice(end)) ? ranges : null
}

/** Whether every CDATA section and comment that begins in a piece also ends in it. */
function isWhole(piece: string): boolean {
  return isEnded(piece, '<![CDATA[', ']]>') && isEnded(piece, '<!--', '-->')
}

function isEnded(piece: string, start: string, end: string): boolean {
  const last = piece.lastIndexOf(start)
  return last < 0 || piece.indexOf(end, last) >= 0
}

/** The entries to read, by their index in the document; `entries` counts those and the known ones. */
export type ChosenEntries = { chosen: Set<number>; fingerprints: string[]; entries: number; repairs: string[] }

type Comparison<T> = { fingerprintOf: (entry: T) => string; dateOf: (entry: T) => string; known: Set<string> }

/**
 * Chooses the newest entries that are not known, at most `maxItems`. New entries beyond that get no fingerprint, so
 * that the next poll reads them. In a document without any known entry the rest is an archive and is skipped.
 */
export function chooseEntries<T>(entries: T[], { fingerprintOf, dateOf, known }: Comparison<T>): ChosenEntries {
  const compared = new Set(newestFirst(entries, dateOf).slice(0, maxCompared))
  const fingerprints = new Map(
    entries.flatMap((entry, index) => (compared.has(index) ? [[index, fingerprintOf(entry)] as const] : [])),
  )
  const fresh = [...compared].filter((index) => !known.has(fingerprints.get(index) ?? ''))
  const chosen = new Set(fresh.slice(0, maxItems))
  const isArchive = fresh.length === compared.size
  const forNextPoll = new Set(isArchive ? [] : fresh.slice(maxItems))
  const repairs = []
  if (compared.size < entries.length) repairs.push(`only ${maxCompared} of ${entries.length} entries were compared`)
  if (fresh.length > maxItems) repairs.push(`only ${maxItems} of ${fresh.length} new entries were read`)
  return {
    chosen,
    fingerprints: [...fingerprints].filter(([index]) => !forNextPoll.has(index)).map(([, each]) => each),
    entries: compared.size - fresh.length + chosen.size,
    repairs,
  }
}

/**
 * The indexes of entries, the newest first: in the order of the document, which usually begins with the newest entry,
 * or reversed where its last entry is newer than its first.
 */
export function newestFirst<T>(entries: T[], dateOf: (entry: T) => string): number[] {
  const indexes = entries.map((_, index) => index)
  const [first, last] = [entries[0], entries.at(-1)]
  if (entries.length <= maxItems || first === undefined || last === undefined) return indexes
  const [firstDate, lastDate] = [feedDate(dateOf(first)), feedDate(dateOf(last))]
  return firstDate && lastDate && lastDate > firstDate ? indexes.reverse() : indexes
}
