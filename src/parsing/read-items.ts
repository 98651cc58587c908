import { hash } from 'node:crypto'
import { boundedLine, htmlToText } from '../platform/text/html-to-text.ts'
import { feedDate } from './dates/feed-date.ts'
import type { FeedDocument, FeedItem } from './feed-document.ts'
import { boundItem, longest } from './feed-document.ts'
import { mostItems, newestFirst } from './known-entries.ts'

/** What an entry says of itself beside its identity. */
export type ItemWords = Omit<FeedItem, 'key' | 'url'>

/** An entry whose words are read only when they are asked for; `id` and `url` could identify it. */
export type ItemDraft = { id: string | null; url: string | null; words: () => ItemWords }

/** `ambiguous`: entries shared ids or addresses, so that each needs the others to be told apart. */
export type ReadItems = { items: FeedItem[]; repairs: string[]; ambiguous: boolean }

/** A document as read; `ambiguous` when entries shared ids or addresses, so that each needs the others to be told apart. */
export type ReadDocument = { document: FeedDocument; repairs: string[]; ambiguous: boolean }

/** Reads entries one by one: one that cannot be read is left out and does not reject the rest. */
export function readItems<T>(entries: T[], draft: (entry: T) => ItemDraft): ReadItems {
  let unreadable = 0
  const orNone = <R>(act: () => R): R[] => {
    try {
      return [act()]
    } catch {
      unreadable++
      return []
    }
  }
  const drafted = (entry: T) =>
    orNone(() => {
      const { words, ...names } = draft(entry)
      return { ...names, words: once(words) }
    })
  const dateOf = (entry: T) => dated(drafted(entry)[0]?.words() ?? {})
  const places = newestFirst(entries, dateOf).slice(0, mostItems)
  const drafts = places.toSorted((a, b) => a - b).flatMap((place) => drafted(entries[place]!))
  const latest = orNone(() => latestVersions(drafts))[0] ?? drafts
  const uses = usesOf(latest)
  const bounded = latest.flatMap((entry) => orNone(() => boundItem(itemOf(entry, uses))))
  const items = bounded.map(({ item }) => item)
  const shortened = bounded.filter(({ isCut }) => isCut).length
  const repairs = unreadable ? [`${unreadable} entries could not be read`] : []
  if (entries.length > mostItems) repairs.push(`only ${mostItems} of ${entries.length} entries were read`)
  if (shortened) repairs.push(`${shortened} entries were too long, or had titles, names or addresses that were`)
  return { items, repairs, ambiguous: [...uses.values()].some((count) => count > 1) }
}

/** The first of these texts that is a date. */
export function firstDate(texts: string[]): string | null {
  for (const text of texts) {
    const date = feedDate(text)
    if (date) return date
  }
  return null
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** A document may hold an entry twice, or in several versions (RFC 4287, section 4.1.1): the newest counts. */
function latestVersions<D extends ItemDraft>(drafts: D[]): D[] {
  const groups = new Map<string, D[]>()
  for (const draft of drafts) {
    const name = JSON.stringify([draft.id, draft.url])
    const group = groups.get(name)
    if (group) group.push(draft)
    else groups.set(name, [draft])
  }
  if (groups.size === drafts.length) return drafts
  return [...groups.values()].flatMap((group) => (group.length === 1 ? group : newestOfEach(group)))
}

function newestOfEach<D extends ItemDraft>(group: D[]): D[] {
  const entries = new Map<string, D>()
  for (const draft of group) {
    const name = draft.id ? draft.words().title : hashed(draft.words())
    const known = entries.get(name)
    if (!known || dated(draft.words()) > dated(known.words())) entries.set(name, draft)
  }
  return [...entries.values()]
}

const dated = ({ updated, published }: Partial<ItemWords>) => updated ?? published ?? ''

function usesOf(entries: ItemDraft[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { id, url } of entries) {
    for (const name of new Set([id, url])) if (name) uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return uses
}

/** The key is the first of id, address and content that no other entry of the document shares: what they share identifies none. */
function itemOf({ id, url, words }: ItemDraft, uses: Map<string, number>): FeedItem {
  const said = words()
  const key = [id, url].find((name) => name && uses.get(name) === 1) ?? hashed(said)
  return {
    key: storable(key.length > longest.key ? hashed(said, key) : key),
    ...said,
    title: storable(said.title || titleFrom(said)),
    url,
    author: said.author && storable(said.author),
    categories: said.categories.map(storable),
    summary: said.summary && storable(said.summary),
    content: said.content && storable(said.content),
  }
}

/** No NUL and no half letters: databases keep neither. */
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

function hashed(item: ItemWords, key = ''): string {
  const said = key || JSON.stringify([item.title, item.content ?? item.summary, item.published])
  return `sha256:${hash('sha256', said)}`
}

/** Some feeds have no titles: their entries are known by their first words. */
function titleFrom(item: ItemWords): string {
  const beginning = (item.content ?? item.summary ?? '').slice(0, 2000)
  return boundedLine(htmlToText(beginning.replace(/<(?:\/(?:p|div|li|h[1-6]|td)|br \/)>/g, ' $&')), 100)
}
