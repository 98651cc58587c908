import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { FeedDocument } from '../parsing/feed-document.ts'
import { UserError } from '../platform/user-error.ts'
import { discoverFeed } from './discover.ts'
import { entryOf, type FeedEntry } from './rules/feed-entry.ts'
import { isPolled } from './rules/health.ts'
import { newsFrom } from './rules/news-from.ts'
import { countItemsOf } from './store/feed-views.ts'
import { type Feed, findSimilarFeed, requireFeed } from './store/feeds.ts'
import { changesIn } from './store/items.ts'
import { findKnownItems } from './store/known-items.ts'

/**
 * What a move of a feed to the address `to` would do. Of its entries, `known` are items of the feed, `news` may be mailed, and
 * `old` are kept without mail. `sharesNothing`: the feed has items, and the new address has none of them.
 */
export type MovePlan = {
  feed: Feed
  to: string
  title: string
  entries: number
  known: number
  news: number
  old: number
  sharesNothing: boolean
  newest: MovedEntry[]
}

/** One of the newest entries at the new address, and what it is to us. */
export type MovedEntry = Pick<FeedEntry, 'title' | 'url' | 'publishedAt'> & { kind: 'known' | 'news' | 'old' }

const shownEntries = 10

/**
 * Fetches the new address of a feed, and compares its entries with the feed's items as the next poll will do. Saves nothing.
 * @throws UserError when there is no such feed, when no feed is at the new address, or when it is followed already
 */
export async function planMove(app: App, from: string, to: string, signal?: AbortSignal): Promise<MovePlan> {
  const feed = await requireFeed(app.db, canonicalFeedUrl(from))
  await refuseFollowed(app, feed, canonicalFeedUrl(to))
  const found = await discoverFeed(app, to, signal)
  if (found.kind === 'unreachable')
    throw new UserError(`There is no feed to move to. ${found.url} could not be fetched: ${found.reason}.`)
  await refuseFollowed(app, feed, found.url)
  return planFrom(app, feed, found.url, found.document)
}

async function refuseFollowed({ db }: App, feed: Feed, url: string): Promise<void> {
  if (url === feed.url) throw isThere(url)
  const other = await findSimilarFeed(db, url)
  if (other && other.id !== feed.id && isPolled(other)) throw isFollowed(other.url)
}

/** Why a feed cannot move to its own address. */
export const isThere = (url: string): UserError => new UserError(`The feed has the URL ${url} already.`)

/** Why a feed cannot move to an address at which Sitrep polls another one. */
export const isFollowed = (url: string): UserError =>
  new UserError(`Sitrep polls ${url} as another feed already. Remove one of the two feeds first.`)

async function planFrom(app: App, feed: Feed, to: string, document: FeedDocument): Promise<MovePlan> {
  const now = app.now()
  const from = newsFrom({ ...feed, body_hash: null }, now)
  const entries = document.items.map((item) => entryOf(item, { from, now }))
  const kept = await findKnownItems(app.db, [{ feed: feed.id, entries, isWhole: true, isMoved: true }])
  const { added, known } = changesIn(entries, kept.get(feed.id))
  const kindOf = (entry: FeedEntry) => (!added.includes(entry) ? 'known' : entry.backfill ? 'old' : 'news')
  const news = added.filter(({ backfill }) => !backfill).length
  return {
    ...{ feed, to, known, news },
    title: document.title,
    entries: entries.length,
    old: added.length - news,
    sharesNothing: known === 0 && (await countItemsOf(app.db, feed.id)) > 0,
    newest: entries
      .toSorted(newestFirst)
      .slice(0, shownEntries)
      .map((entry) => ({ title: entry.title, url: entry.url, publishedAt: entry.publishedAt, kind: kindOf(entry) })),
  }
}

/** Entries without a date come last, in the order of the feed. */
const newestFirst = ({ publishedAt: a }: FeedEntry, { publishedAt: b }: FeedEntry) =>
  (b?.epochMilliseconds ?? 0) - (a?.epochMilliseconds ?? 0)
