import { canonicalItemUrl } from '../../parsing/canonical-url.ts'
import type { FeedEntry } from './feed-entry.ts'

type NewEntry = Pick<FeedEntry, 'key' | 'url' | 'contentHash' | 'publishedAt'>

/** A kept item: its key, address and date, and the hash of its newest title and text. */
type KeptItem = {
  item_id: number
  key: string
  url: string
  published_at: Temporal.Instant | null
  content_hash: string
}

/**
 * Which kept items the entries under new keys are, by the key of the entry. Publishers change keys with an edit or a
 * preview, with the move of their site to https, or at every request. The address must be the same. So must the title
 * and text, or the key without what changes in it, unless several entries or items share the address, as on live pages.
 * Only the query of the address may differ if the date is the same too.
 */
export function renamedItems<Item extends KeptItem>(entries: NewEntry[], items: Item[]): Map<string, Item> {
  const itemsAt = Map.groupBy(items, ({ url }) => pageKey(url))
  const entriesOf = countBy(entries, ({ url }) => addressKey(url ?? ''))
  const itemsOf = countBy(items, ({ url }) => addressKey(url))
  const renamed = new Map<string, Item>()
  const taken = new Set<Item>()
  for (const entry of entries) {
    const address = addressKey(entry.url ?? '')
    const isAlone = entriesOf.get(address) === 1 && itemsOf.get(address) === 1
    const candidates = itemsAt.get(pageKey(entry.url ?? '')) ?? []
    const item = candidates.find((kept) => !taken.has(kept) && isSame(entry, kept, isAlone))
    if (!item) continue
    taken.add(item)
    renamed.set(entry.key, item)
  }
  return renamed
}

const countBy = <T>(all: T[], keyOf: (one: T) => string) =>
  new Map([...Map.groupBy(all, keyOf)].map(([key, group]) => [key, group.length]))

function isSame(entry: NewEntry, kept: KeptItem, isAlone: boolean): boolean {
  const hasAddress = addressKey(entry.url ?? '') === addressKey(kept.url)
  if (entry.contentHash === kept.content_hash) return hasAddress || isSameMoment(entry.publishedAt, kept.published_at)
  return hasAddress && isAlone && stableKey(entry.key) === stableKey(kept.key)
}

const isSameMoment = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a !== null && b !== null && a.epochMilliseconds === b.epochMilliseconds

/** An address without its query and fragment, and without its scheme. */
export const pageKey = (url: string): string => withoutScheme(url).replace(/[?#].*$/s, '')

/** An address without click parameters and without its scheme: a site that moves to https keeps the rest. */
const addressKey = (url: string): string => withoutScheme(canonicalItemUrl(url) ?? url)

const withoutScheme = (url: string) => url.replace(/^https?:\/\//i, '')

/** A key without its scheme, without a fragment, and without the parameters of a preview. */
const stableKey = (key: string): string =>
  withoutScheme(key)
    .replace(/#.*$/s, '')
    .replace(/&preview(?:_id|_nonce)?=[^&]*/g, '')
