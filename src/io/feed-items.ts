import { createHash } from 'node:crypto'
import { feedDate } from '../domain/feed-date.ts'
import type { FeedItem } from '../domain/feed-document.ts'
import { htmlToText, oneLine } from './html-text.ts'

/** An entry as its format gave it; `ids` are what could identify it, best first. */
export type ItemDraft = Omit<FeedItem, 'key'> & { id: string | null }

const mostItems = 2000

/** Reads entries one by one: one that cannot be read is left out and does not reject the rest. */
export function readItems<T>(entries: T[], read: (entry: T) => ItemDraft): { items: FeedItem[]; repairs: string[] } {
  const drafts: ItemDraft[] = []
  let unreadable = 0
  for (const entry of entries.slice(0, mostItems)) {
    try {
      drafts.push(read(entry))
    } catch {
      unreadable++
    }
  }
  const repairs = unreadable ? [`${unreadable} entries could not be read`] : []
  if (entries.length > mostItems) repairs.push(`only the first ${mostItems} entries were read`)
  return { items: withKeys(drafts), repairs }
}

/** The first of these texts that is a date. */
export function firstDate(texts: string[]): string | null {
  for (const text of texts) {
    const date = feedDate(text)
    if (date) return date
  }
  return null
}

/** The first of id, address and content that no other entry of the document shares: what they share identifies none. */
function withKeys(drafts: ItemDraft[]): FeedItem[] {
  const entries = latestVersions(drafts)
  const uses = new Map<string, number>()
  for (const { id, url } of entries) {
    for (const name of new Set([id, url])) if (name) uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return entries.map(({ id, ...item }) => {
    const key = [id, item.url].find((name) => name && uses.get(name) === 1) ?? hash(item)
    return { key: key.length > longestKey ? hash(item, key) : key, ...item, title: item.title || titleFrom(item) }
  })
}

/** A document may hold an entry twice, or in several versions (RFC 4287, section 4.1.1): the newest counts. */
function latestVersions(drafts: ItemDraft[]): ItemDraft[] {
  const entries = new Map<string, ItemDraft>()
  for (const draft of drafts) {
    const name = JSON.stringify([draft.id, draft.url, draft.id ? draft.title : hash(draft)])
    const known = entries.get(name)
    if (!known || dated(draft) > dated(known)) entries.set(name, draft)
  }
  return [...entries.values()]
}

const dated = ({ updated, published }: ItemDraft) => updated ?? published ?? ''

const longestKey = 500

function hash(item: Omit<ItemDraft, 'id'>, key = ''): string {
  const said = key || JSON.stringify([item.title, item.content ?? item.summary, item.published])
  return `sha256:${createHash('sha256').update(said).digest('hex')}`
}

/** Some feeds have no titles: their entries are known by their first words. */
function titleFrom(item: Omit<ItemDraft, 'id'>): string {
  return oneLine(htmlToText((item.content ?? item.summary ?? '').slice(0, 2000)), 100)
}
