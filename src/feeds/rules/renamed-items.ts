import type { FeedEntry } from './feed-entry.ts'

type NewEntry = Pick<FeedEntry, 'key' | 'url' | 'contentHash'>

/** A kept item: its key and address, and the hash of its newest title and text. */
type KeptItem = { item_id: number; key: string; url: string; content_hash: string }

/**
 * Which kept items the entries under new keys are, by the key of the entry. Publishers change keys with an edit or a
 * preview, with the move of their site to https, or at every request. The address must be the same. So must the title
 * and text, or the key without what changes in it, unless several entries or items share the address, as on live pages.
 */
export function renamedItems<Item extends KeptItem>(entries: NewEntry[], items: Item[]): Map<string, Item> {
  const entriesAt = Map.groupBy(entries, ({ url }) => addressKey(url ?? ''))
  const itemsAt = Map.groupBy(items, ({ url }) => addressKey(url))
  const renamed = new Map<string, Item>()
  const taken = new Set<Item>()
  for (const [address, candidates] of itemsAt) {
    const alike = entriesAt.get(address) ?? []
    const isAlone = alike.length === 1 && candidates.length === 1
    for (const entry of alike) {
      const item = candidates.find((kept) => {
        if (taken.has(kept)) return false
        return entry.contentHash === kept.content_hash || (isAlone && stableKey(entry.key) === stableKey(kept.key))
      })
      if (!item) continue
      taken.add(item)
      renamed.set(entry.key, item)
    }
  }
  return renamed
}

/** An address without its scheme: a site that moves to https keeps its addresses otherwise. */
export const addressKey = (url: string): string => url.replace(/^https?:\/\//i, '')

/** A key without its scheme, without a fragment, and without the parameters of a preview. */
const stableKey = (key: string): string =>
  addressKey(key)
    .replace(/#.*$/s, '')
    .replace(/&preview(?:_id|_nonce)?=[^&]*/g, '')
