import { hash } from 'node:crypto'
import { boundedLine, htmlToText } from '../platform/text/html-to-text.ts'
import { plural } from '../platform/text/plural.ts'
import { storable, withoutControls } from '../platform/text/storable.ts'
import { feedDate } from './dates/feed-date.ts'
import { boundItem, type FeedDocument, type FeedItem, maxLength } from './feed-document.ts'
import { maxItems, newestFirst } from './known-entries.ts'

/** The fields of an entry besides those that identify it. */
export type ItemFields = Omit<FeedItem, 'key' | 'url'>

/** An entry whose other fields are read only when they are asked for; `id` and `url` may identify it. */
export type ItemDraft = { id: string | null; url: string | null; fields: () => ItemFields }

/** `ambiguous`: entries share ids or addresses, so that each can only be identified beside the others. */
type ReadItems = { items: FeedItem[]; repairs: string[]; ambiguous: boolean }

/** A document as read from one of the formats. */
export type ReadDocument = Omit<ReadItems, 'items'> & { document: FeedDocument }

/** Reads the newest entries of a document one by one. An entry that cannot be read is left out; the others stay. */
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
  const draftOf = (entry: T) =>
    orNone(() => {
      const { fields, ...names } = draft(entry)
      return { ...storable(names), fields: once(() => asLines(storable(fields()))) }
    })
  const dateOf = (entry: T) => dateOfFields(draftOf(entry)[0]?.fields() ?? {})
  const newest = new Set(newestFirst(entries, dateOf).slice(0, maxItems))
  const drafts = entries.flatMap((entry, index) => (newest.has(index) ? draftOf(entry) : []))
  const latest = orNone(() => latestVersions(drafts))[0] ?? drafts
  const uses = usesOf(latest)
  const bounded = latest.flatMap((entry) => orNone(() => boundItem(itemOf(entry, uses))))
  const cut = bounded.filter(({ isCut }) => isCut).length
  const repairs = unreadable ? [`${plural(unreadable, 'entry', 'entries')} could not be read`] : []
  if (entries.length > maxItems) repairs.push(`only ${maxItems} of ${entries.length} entries were read`)
  if (cut) repairs.push(`${plural(cut, 'entry was', 'entries were')} cut: a text, title, name or address was too long`)
  return {
    items: bounded.map(({ item }) => item),
    repairs,
    ambiguous: [...uses.values()].some((count) => count > 1),
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const dateOfFields = ({ updated, published }: Partial<ItemFields>) => updated ?? published ?? ''

/**
 * Drops older versions of entries: a document may hold an entry twice or in several versions (RFC 4287, section 4.1.1).
 */
function latestVersions<D extends ItemDraft>(drafts: D[]): D[] {
  const groups = [...Map.groupBy(drafts, ({ id, url }) => JSON.stringify([id, url])).values()]
  if (groups.length === drafts.length) return drafts
  return groups.flatMap((group) => (group.length === 1 ? group : newestOfEach(group)))
}

function newestOfEach<D extends ItemDraft>(group: D[]): D[] {
  const entries = new Map<string, D>()
  for (const draft of group) {
    const name = draft.id ? draft.fields().title : contentHash(draft.fields())
    const known = entries.get(name)
    if (!known || dateOfFields(draft.fields()) > dateOfFields(known.fields())) entries.set(name, draft)
  }
  return [...entries.values()]
}

/** How many entries use each id or address. */
function usesOf(entries: ItemDraft[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { id, url } of entries) {
    for (const name of new Set([id, url])) if (name) uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return uses
}

/**
 * The key of an item is its id, its address or a hash of its content: the first that no other entry of the document
 * has.
 */
function itemOf({ id, url, fields: read }: ItemDraft, uses: Map<string, number>): FeedItem {
  const fields = read()
  const key = [id, url].find((name) => name && uses.get(name) === 1) ?? contentHash(fields)
  return {
    key: key.length > maxLength.key ? sha256(key) : key,
    ...fields,
    title: storable(headlineOf(fields)),
    url,
  }
}

/** Fields that are lines hold no control characters. */
const asLines = (fields: ItemFields): ItemFields => ({
  ...fields,
  title: withoutControls(fields.title),
  author: fields.author && withoutControls(fields.author),
  categories: fields.categories.map(withoutControls),
})

const contentHash = (fields: ItemFields) =>
  sha256(JSON.stringify([fields.title, fields.content ?? fields.summary, fields.published]))

const sha256 = (text: string) => `sha256:${hash('sha256', text)}`

/**
 * The title of an entry. One without a title has its first words. A title that is the whole message, as bridges to
 * messengers write it, is cut to its first sentence.
 */
function headlineOf({ title, content, summary }: ItemFields): string {
  const body = content ?? summary ?? ''
  if (title === '') return boundedLine(beginningOf(body), 100)
  if (title.length <= maxHeadline || !isSameBeginning(title, beginningOf(body))) return title
  return firstSentence.exec(title)?.[0] ?? boundedLine(title, maxHeadline)
}

/** In UTF-16 units. */
const maxHeadline = 150
const firstSentence = /^.{20,148}?[\p{L}\p{N}]{3}[.!?…](?=\s)/u

const beginningOf = (html: string) =>
  htmlToText(html.slice(0, 2000).replace(/<(?:\/(?:p|div|li|h[1-6]|td)|br \/)>/g, ' $&'))

/** Whether two texts begin with the same letters and digits. */
function isSameBeginning(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 60)
  return bare(a) === bare(b)
}

/** The first of these texts that is a date. */
export function firstDate(texts: string[]): string | null {
  for (const text of texts) {
    const date = feedDate(text)
    if (date) return date
  }
  return null
}
