import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { FeedDocument, FeedItem } from '../parsing/feed-document.ts'
import type { FeedLink } from '../parsing/feed-links.ts'
import type { PublishingPattern } from '../platform/db/tables/feeds.ts'
import type { Takeaway, TopicName, TopicRule } from '../reading/rules/types.ts'
import { currentRules } from '../reading/store/topics.ts'
import { discoverFeed } from './discover.ts'
import { fullestText } from './rules/feed-entry.ts'
import { isPolled } from './rules/health.ts'
import { learnPattern } from './rules/publishing-pattern.ts'
import { type Feed, findSimilarFeed } from './store/feeds.ts'

/**
 * What is at an address, before it is added: a feed that is polled already; a feed that was found, with a preview and the
 * other feeds of its page; or an unreachable address, which may be added all the same. It `isProtected` when a protection
 * against robots answered. `before` is the same feed when it was
 * polled once and is not polled now.
 */
export type FeedLook =
  | { kind: 'polled'; feed: Feed; others: FeedLink[] }
  | { kind: 'found'; url: string; preview: FeedPreview; others: FeedLink[]; before: Feed | undefined }
  | { kind: 'unreachable'; url: string; reason: string; isProtected: boolean; before: Feed | undefined }

/**
 * Looks at an address and saves nothing; `read` is how many of the newest entries are read. `asked` is the page that an admin
 * entered, where the address was found there.
 * @throws UserError when no feed can be at this address, or its page has none
 */
export async function lookAtFeed(
  app: App,
  address: string,
  { read, signal, asked }: { read: number; signal?: AbortSignal; asked?: string | undefined },
): Promise<FeedLook> {
  const known = await findSimilarFeed(app.db, canonicalFeedUrl(address))
  if (known && isPolled(known)) return { kind: 'polled', feed: known, others: [] }
  const found = await discoverFeed(app, address, signal, asked)
  const similar = await findSimilarFeed(app.db, found.url)
  if (similar && isPolled(similar))
    return { kind: 'polled', feed: similar, others: found.kind === 'feed' ? found.others : [] }
  const before = similar?.url === found.url ? similar : undefined
  if (found.kind === 'unreachable') return { ...found, before }
  const { url, document, others } = found
  return { kind: 'found', url, others, before, preview: await previewFeed(app, document, { read }) }
}

/** What a feed contains that was found and is not added yet; `pattern` is null where too little is known. */
export type FeedPreview = {
  title: string
  site: string | null
  language: string | null
  entries: number
  pattern: PublishingPattern | null
  newest: PreviewItem[]
}

/** One of the newest entries; only the first ones have a reading. */
export type PreviewItem = {
  title: string
  url: string | null
  published: Temporal.Instant | null
  reading?: PreviewReading
}

export type PreviewReading =
  | { kind: 'unreadable'; reason: string }
  | { kind: 'read'; takeaways: { kind: Takeaway['kind']; text: string; topics: TopicName[] }[]; topics: TopicName[] }

const shownItems = 5

/** Previews a feed for people: its newest entries, and takeaways and topics of the first `read` of them. Saves nothing. */
export async function previewFeed(app: App, document: FeedDocument, { read }: { read: number }): Promise<FeedPreview> {
  const now = app.now()
  const { title, url, language, items } = document
  const newest = items.toSorted(newestFirst).slice(0, shownItems)
  const rules = await currentRules(app.db)
  const preview = async (item: FeedItem, n: number): Promise<PreviewItem> => ({
    title: item.title,
    url: item.url,
    published: instantOf(item),
    ...(n < read && { reading: await readingOf(app, item, language, rules) }),
  })
  return {
    title,
    site: url,
    language,
    entries: items.length,
    pattern: learnPattern(pastMoments(items, now), now),
    newest: await Promise.all(newest.map(preview)),
  }
}

const dateOf = ({ published, updated }: FeedItem) => published ?? updated

/** Items without a date come last, in the order of the feed. */
function newestFirst(a: FeedItem, b: FeedItem): number {
  const [dateA, dateB] = [dateOf(a) ?? '', dateOf(b) ?? '']
  return Number(dateB > dateA) - Number(dateB < dateA)
}

function instantOf(item: FeedItem): Temporal.Instant | null {
  const date = dateOf(item)
  return date ? Temporal.Instant.from(date) : null
}

/** Dates in the future say nothing about how often a feed publishes. */
function pastMoments(items: FeedItem[], now: Temporal.Instant): Temporal.Instant[] {
  const moments = items.flatMap((item) => instantOf(item) ?? [])
  return moments.filter((at) => Temporal.Instant.compare(at, now) <= 0)
}

async function readingOf(
  app: App,
  item: FeedItem,
  language: string | null,
  rules: TopicRule[],
): Promise<PreviewReading> {
  const outcome = await app.reader.read(
    { html: fullestText(item), title: item.title, language: language ?? undefined },
    rules,
  )
  if (outcome.kind === 'unreadable') return outcome
  const namesOf = (matches: { topic: string }[]): TopicName[] =>
    matches.map(({ topic }) => ({ slug: topic, name: rules.find(({ slug }) => slug === topic)?.name ?? topic }))
  const takeaways = outcome.reading.takeaways.map(({ kind, text, topics }) => ({ kind, text, topics: namesOf(topics) }))
  return { kind: 'read', takeaways, topics: namesOf(outcome.reading.topics) }
}
