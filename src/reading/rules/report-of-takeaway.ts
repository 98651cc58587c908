import type { ReportRow } from '../../platform/db/report-of-takeaway.ts'
import { publisherOf } from './publisher.ts'
import { isCutSummary } from './takeaways/cut-sentence.ts'

/** The report of a takeaway and its feed, as mails and pages name them. */
export type ReportOfTakeaway = {
  item: {
    id: number
    /** That of its newest revision. */
    title: string
    url: string | null
    publishedAt: Temporal.Instant | null
    firstSeenAt: Temporal.Instant
    /** When an edit of the report brought these words; null for words that it began with. */
    editedAt: Temporal.Instant | null
    /** Only a summary that ends in the middle was given. */
    isSummary: boolean
    /** A tag such as `uk`; null where neither its words nor its feed tell. */
    language: string | null
  }
  /** `publisher` is the same for feeds of one publisher. */
  feed: { id: number; title: string; publisher: string }
}

/** The report in a row of `reportColumns`. */
export function reportOf(row: ReportRow): ReportOfTakeaway {
  return {
    item: {
      id: row.item_id,
      title: row.item_title,
      url: row.url,
      publishedAt: row.published_at,
      firstSeenAt: row.first_seen_at,
      editedAt: row.edited_at,
      isSummary: isCutSummary(row.text_end ?? ''),
      language: row.language,
    },
    feed: {
      id: row.feed_id,
      title: row.feed_title,
      publisher: publisherOf({ id: row.feed_id, url: row.feed_url, siteUrl: row.site_url, publisher: row.publisher }),
    },
  }
}
