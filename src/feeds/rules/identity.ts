import { foldedTitle } from './alike-entries.ts'
import type { FeedEntry } from './feed-entry.ts'
import { addressKey, pathOf } from './item-address.ts'

/** What identifies an entry of a document. */
export type NewEntry = Pick<FeedEntry, 'key' | 'url' | 'title' | 'html' | 'contentHash' | 'publishedAt'>

/** A kept item as its newest revision has it; `html` may be the beginning of it. */
export type KeptItem = {
  item_id: number
  key: string
  url: string | null
  published_at: Temporal.Instant | null
  title: string
  html: string
  content_hash: string
}

/** An entry or a kept item as they are compared; `at` is its date in milliseconds of the epoch. */
export type Identity = {
  key: string
  address: string
  path: string
  title: string
  html: string
  folded: string
  content: string
  at: number | null
}

export const identityOfEntry = ({ contentHash, publishedAt, ...entry }: NewEntry): Identity =>
  identityOf({ ...entry, content: contentHash, at: publishedAt })

export const identityOfItem = ({ content_hash, published_at, ...item }: KeptItem): Identity =>
  identityOf({ ...item, content: content_hash, at: published_at })

type Written = Pick<Identity, 'key' | 'title' | 'html' | 'content'> & {
  url: string | null
  at: Temporal.Instant | null
}

function identityOf({ key, title, html, content, url, at }: Written): Identity {
  const address = addressKey(url)
  const keys = { address, path: pathOf(address), folded: foldedTitle(title) }
  return { key, title, html, content, at: at?.epochMilliseconds ?? null, ...keys }
}
