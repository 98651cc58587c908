import type { Fetched } from '../../http/fetch-outcome.ts'
import type { FeedDocument } from '../../parsing/feed-document.ts'
import type { ParseHints } from '../../parsing/parse-feed.ts'
import { formatMegabytes } from '../../platform/text/format-megabytes.ts'

/** What the parser should know of a fetched document. A capped one ends at the limit of size. */
export function hintsOf({ headers, url, isCapped, body }: Fetched): ParseHints {
  const cappedAt = isCapped ? formatMegabytes(body.byteLength) : undefined
  return { contentType: headers.contentType, url, cappedAt }
}

/**
 * Why the beginning of a document that was capped at a limit cannot stand for it, or null; null too for a whole document. It must
 * hold a whole entry, and its newest entries: a feed that begins with its oldest ones has them behind the limit.
 */
export function whyNewestIsBeyond(
  { document: { items }, entries }: { document: Pick<FeedDocument, 'items'>; entries: number },
  cappedAt: string | undefined,
): string | null {
  if (cappedAt === undefined) return null
  const tooLarge = `the document is larger than the limit of ${cappedAt}`
  if (entries === 0) return tooLarge
  if (items.length < minItems) return null
  const dates = items.flatMap(({ published, updated }) => published ?? updated ?? []).map((date) => Date.parse(date))
  const [first, last] = [dates[0], dates.at(-1)]
  const isOldestFirst = first !== undefined && last !== undefined && last - first > dayMs
  return isOldestFirst ? `${tooLarge} and begins with its oldest entries` : null
}

/** Fewer items are those that a known feed added, in whatever order. */
const minItems = 10
const dayMs = 24 * 3600 * 1000
