import { createHash } from 'node:crypto'
import type { FeedItem } from '../../parsing/feed-document.ts'
import { withoutTags } from '../../platform/text/html-to-text.ts'
import { plural } from '../../platform/text/plural.ts'
import { withoutLivingNumbers } from './living-numbers.ts'

/** An entry of a feed as it is saved: one report. `publishedAt` is null when it has no date that can be believed. */
export type FeedEntry = {
  key: string
  url: string | null
  title: string
  author: string | null
  publishedAt: Temporal.Instant | null
  html: string
  /** SHA-256 of title and HTML without living numbers, in hex: an edit of these is none. */
  contentHash: string
  /** Backfill is saved and read, but never mailed. */
  backfill: boolean
}

/** `from`: what is older, or has no date, is backfill. Without it, all items are news. */
type EntryTerms = { from?: Temporal.Instant | null; now: Temporal.Instant }

/** Makes an item of a document an entry. A date in the future is not believed: the item counts from when it was first seen. */
export function entryOf(item: FeedItem, { from = null, now }: EntryTerms): FeedEntry {
  const html = fullestText(item)
  const written = item.published ?? item.updated
  const publishedAt = written ? notAfter(Temporal.Instant.from(written), now) : null
  const isNews = from === null || (publishedAt !== null && Temporal.Instant.compare(publishedAt, from) > 0)
  return {
    key: item.key,
    url: item.url,
    title: item.title,
    author: item.author,
    publishedAt,
    html,
    contentHash: createHash('sha256').update(withoutLivingNumbers(item.title, html)).digest('hex'),
    backfill: !isNews,
  }
}

/**
 * The text of an item: its content, unless that is a mere fragment of its summary's length, such as a link to the page.
 */
export function fullestText({ content, summary }: Pick<FeedItem, 'content' | 'summary'>): string {
  if (content === null || summary === null) return content ?? summary ?? ''
  return textLength(content) * minShare < textLength(summary) ? summary : content
}

const minShare = 2
const textLength = (html: string) => withoutTags(html).trim().length

/** Says in words which dates of these items are not believed. */
export function doubtsAbout(items: FeedItem[], now: Temporal.Instant): string[] {
  const written = items.flatMap(({ published, updated }) => published ?? updated ?? [])
  const future = written.filter((date) => notAfter(Temporal.Instant.from(date), now) === null).length
  if (!future) return []
  const dated = plural(future, 'entry has a date', 'entries have dates')
  return [`${dated} in the future; the time of the first fetch counts instead`]
}

function notAfter(at: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | null {
  return Temporal.Instant.compare(at, now) > 0 ? null : at
}
