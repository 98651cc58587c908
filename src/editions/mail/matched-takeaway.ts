import type { ReportOfTakeaway } from '../../reading/rules/report-of-takeaway.ts'
import type { MatchVia, Reference, TopicWord } from '../../reading/rules/types.ts'

/** One takeaway as the store gives it for an edition: with its source, and every topic that it matched. */
export type MatchedTakeaway = ReportOfTakeaway & {
  id: number
  /** The first takeaway of its line of edits, and the first of those with the same words. */
  lineage: number
  wording: number
  kind: 'stated' | 'extracted'
  text: string
  attribution: string | null
  evidence: { passage: number; quote: string; references: Reference[] }[]
  matches: { topic: string; score: number; words: TopicWord[]; via: MatchVia; position?: number }[]
  /** The greatest position of its matches: the order in which they became known. */
  position: number
}

/** The dates of a report that may be those of its takeaways. */
export type ReportDates = Pick<MatchedTakeaway['item'], 'publishedAt' | 'firstSeenAt' | 'editedAt'>

/**
 * The date of a takeaway: that of the edit that brought it, else of its report, else when that was first seen. A date after that
 * of the mail, which only a publisher can give, does not count.
 */
export function datedAt({ item }: { item: ReportDates }, closedAt?: Temporal.Instant): Temporal.Instant {
  const { publishedAt, firstSeenAt, editedAt } = item
  const isKnown = (at: Temporal.Instant | null): boolean =>
    at !== null && (!closedAt || Temporal.Instant.compare(at, closedAt) <= 0)
  return [editedAt, publishedAt].find(isKnown) ?? firstSeenAt
}

/** Groups with the same key, in the order of their first members. No group is empty. */
export function groupsOf<T>(all: T[], key: (one: T) => unknown): [T, ...T[]][] {
  return [...Map.groupBy(all, key).values()] as [T, ...T[]][]
}
