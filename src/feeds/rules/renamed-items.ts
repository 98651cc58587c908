import { canonicalItemUrl } from '../../parsing/canonical-url.ts'
import type { FeedEntry } from './feed-entry.ts'

type NewEntry = Pick<FeedEntry, 'key' | 'url' | 'contentHash' | 'publishedAt'>

/** A kept item: its key, address and date, and the hash of its newest title and text. */
type KeptItem = {
  item_id: number
  key: string
  url: string | null
  published_at: Temporal.Instant | null
  content_hash: string
}

/**
 * Which kept items the entries under new keys are, by the key of the entry. Publishers change keys with an edit or a
 * preview, with the move of their site, or at every request. The address must be the same. So must the title and text,
 * or the key without what changes in it, unless several entries or items share the address, as on live pages. The
 * address may differ where the title, the text and the date are the same.
 */
export function renamedItems<Item extends KeptItem>(entries: NewEntry[], items: Item[]): Map<string, Item> {
  const entriesAt = Map.groupBy(entries, ({ url }) => addressKey(url))
  const itemsAt = Map.groupBy(items, ({ url }) => addressKey(url))
  const itemsSaying = Map.groupBy(items, ({ content_hash }) => content_hash)
  const renamed = new Map<string, Item>()
  const taken = new Set<Item>()
  for (const [address, alike] of entriesAt) {
    const there = address === '' ? [] : (itemsAt.get(address) ?? [])
    const isAlone = alike.length === 1 && there.length === 1
    for (const entry of alike) {
      const isSame = (kept: Item) =>
        entry.contentHash === kept.content_hash || (isAlone && stableKey(entry.key) === stableKey(kept.key))
      const sameWords = itemsSaying.get(entry.contentHash) ?? []
      const item =
        there.find((kept) => !taken.has(kept) && isSame(kept)) ??
        sameWords.find((kept) => !taken.has(kept) && isSameMoment(entry.publishedAt, kept.published_at))
      if (!item) continue
      taken.add(item)
      renamed.set(entry.key, item)
    }
  }
  return renamed
}

const isSameMoment = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a !== null && b !== null && a.epochMilliseconds === b.epochMilliseconds

/** An address without its scheme, its query and its fragment; renamed items have the same one, or the same date. */
export const pageKey = (url: string): string => withoutScheme(url).replace(/[?#].*$/s, '')

/** An address without click parameters and without its scheme: a site that moves to https keeps the rest. */
const addressKey = (url: string | null): string => withoutScheme(canonicalItemUrl(url ?? '') ?? url ?? '')

const withoutScheme = (url: string) => url.replace(/^https?:\/\//i, '')

/** A key without its scheme, without a fragment, and without the parameters of a preview. */
const stableKey = (key: string): string =>
  withoutScheme(key)
    .replace(/#.*$/s, '')
    .replace(/&preview(?:_id|_nonce)?=[^&]*/g, '')
