import type { App } from '../app.ts'
import type { FeedDocument, FeedItem } from '../parsing/feed-document.ts'
import type { PublishingPattern } from '../platform/db/tables/feeds.ts'
import type { TopicRule } from '../reading/rules/types.ts'
import { currentRules } from '../reading/store/topics.ts'
import { learnPattern } from './rules/publishing-pattern.ts'

/** What a feed holds that was found and is not added yet; `pattern` is null where too little is known. */
export type FeedPreview = {
  title: string
  site: string | null
  language: string | null
  entries: number
  pattern: PublishingPattern | null
  newest: PreviewItem[]
}
/** One of its newest entries; only the very newest are read. */
export type PreviewItem = {
  title: string
  url: string | null
  published: Temporal.Instant | null
  reading?: PreviewReading
}
export type PreviewReading =
  | { kind: 'unreadable'; reason: string }
  | { kind: 'read'; takeaways: { kind: string; text: string; topics: TopicName[] }[]; topics: TopicName[] }
export type TopicName = { slug: string; name: string }

const shown = 5

/** A found feed for people: its newest entries, and what our reading makes of the first `read` of them. Nothing is kept. */
export async function previewFeed(app: App, document: FeedDocument, { read }: { read: number }): Promise<FeedPreview> {
  const now = app.now()
  const newest = document.items.toSorted(newestFirst).slice(0, shown)
  const rules = await currentRules(app.db)
  return {
    ...{ title: document.title, site: document.url, language: document.language, entries: document.items.length },
    pattern: learnPattern(pastMoments(document, now), now),
    newest: await Promise.all(
      newest.map(async (item, n) => ({
        ...{ title: item.title, url: item.url, published: instantOf(item) },
        ...(n < read && { reading: await readingOf(app, item, document.language, rules) }),
      })),
    ),
  }
}

const dateOf = ({ published, updated }: FeedItem) => published ?? updated

/** Those without a date come last, in the order of the feed. */
function newestFirst(a: FeedItem, b: FeedItem): number {
  const [one, other] = [dateOf(a) ?? '', dateOf(b) ?? '']
  return Number(other > one) - Number(other < one)
}

function instantOf(item: FeedItem): Temporal.Instant | null {
  const date = dateOf(item)
  return date ? Temporal.Instant.from(date) : null
}

/** What is dated in the future says nothing about how often a feed publishes. */
function pastMoments({ items }: FeedDocument, now: Temporal.Instant): Temporal.Instant[] {
  const moments = items.flatMap((item) => instantOf(item) ?? [])
  return moments.filter((at) => Temporal.Instant.compare(at, now) <= 0)
}

async function readingOf(
  app: App,
  item: FeedItem,
  language: string | null,
  rules: TopicRule[],
): Promise<PreviewReading> {
  const html = item.content ?? item.summary ?? ''
  const outcome = await app.reader.read({ html, title: item.title, language: language ?? undefined }, rules)
  if (outcome.kind === 'unreadable') return outcome
  const named = (matches: { topic: string }[]) =>
    matches.map(({ topic }) => ({ slug: topic, name: rules.find(({ slug }) => slug === topic)?.name ?? topic }))
  const { takeaways, topics } = outcome.reading
  const told = takeaways.map(({ kind, text, topics: matches }) => ({ kind, text, topics: named(matches) }))
  return { kind: 'read', takeaways: told, topics: named(topics) }
}
