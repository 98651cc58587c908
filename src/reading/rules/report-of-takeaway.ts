import type { ReportRow } from '../../platform/db/report-of-takeaway.ts'
import { publisherOf } from './publisher.ts'
import { isCutSummary } from './takeaways/cut-sentence.ts'

/** The note of an admin's correction. */
export type CorrectionNote = { id: number; at: Temporal.Instant; note: string }

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
    /** What an admin corrected of these words, the first correction first; not given where nothing was. */
    corrections?: CorrectionNote[]
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
      ...(row.corrections && {
        corrections: row.corrections.map(({ id, at, note }) => ({ id, note, at: Temporal.Instant.from(at) })),
      }),
    },
    feed: {
      id: row.feed_id,
      title: row.feed_title,
      publisher: publisherOf({ id: row.feed_id, url: row.feed_url, siteUrl: row.site_url, publisher: row.publisher }),
    },
  }
}
