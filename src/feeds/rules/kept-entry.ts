import { createHash } from 'node:crypto'
import type { FeedItem } from '../../parsing/feed-document.ts'

/** An entry of a feed as it is kept: one report with the time that it claims, if it claims one. */
export type FeedEntry = {
  key: string
  url: string | null
  title: string
  author: string | null
  publishedAt: Temporal.Instant | null
  html: string
  contentHash: string
  backfill: boolean
}

const news = Temporal.Duration.from({ hours: 24 })

/**
 * What is kept of a feed's entry. At the first poll everything older than a day, or without a date, is backfill: kept and
 * read, never mailed. A date in the future is not believed: the item counts from when it was first seen.
 */
export function entryOf(item: FeedItem, { firstPoll, now }: { firstPoll: boolean; now: Temporal.Instant }): FeedEntry {
  const html = item.content ?? item.summary ?? ''
  const claimed = item.published ?? item.updated
  const publishedAt = claimed ? notAfter(Temporal.Instant.from(claimed), now) : null
  const fresh = publishedAt !== null && Temporal.Instant.compare(publishedAt, now.subtract(news)) > 0
  return {
    key: item.key,
    url: item.url,
    title: item.title,
    author: item.author,
    publishedAt,
    html,
    contentHash: createHash('sha256').update(`${item.title}\n${html}`).digest('hex'),
    backfill: firstPoll && !fresh,
  }
}

/** What is not believed of the dates of these items, in words. */
export function doubtsAbout(items: FeedItem[], now: Temporal.Instant): string[] {
  const claims = items.flatMap(({ published, updated }) => published ?? updated ?? [])
  const future = claims.filter((claimed) => notAfter(Temporal.Instant.from(claimed), now) === null).length
  return future ? [`${future} entries with dates in the future count from when they were first seen`] : []
}

function notAfter(claimed: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | null {
  return Temporal.Instant.compare(claimed, now) > 0 ? null : claimed
}
