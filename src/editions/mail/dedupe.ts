import { oneLine } from '../../platform/text/shorten.ts'
import type { MatchedTakeaway } from './mail-view.ts'

/** A takeaway with the other reports that say exactly the same. */
export type DedupedTakeaway = MatchedTakeaway & { alsoIn: MatchedTakeaway[] }

/**
 * Exact duplicates told once: of takeaways with the same words (case and white space aside) the one of the newest report
 * stays, with the topics of all of them; the others remain as reports that also say it.
 */
export function dedupe(findings: MatchedTakeaway[]): DedupedTakeaway[] {
  const groups = Map.groupBy(findings, (finding) => oneLine(finding.text).toLowerCase())
  return Array.from(groups.values(), (same) => {
    const [kept, ...others] = same.toSorted(newestFirst) as [MatchedTakeaway, ...MatchedTakeaway[]]
    return { ...kept, matches: joinMatches(same), alsoIn: onePerItem(others, kept) }
  })
}

/** The instant that a report is known by: its own date, unless it lies after the moment of the mail or is missing. */
export function datedAt({ item }: MatchedTakeaway, closedAt?: Temporal.Instant): Temporal.Instant {
  const { publishedAt, firstSeenAt } = item
  if (!publishedAt || (closedAt && Temporal.Instant.compare(publishedAt, closedAt) > 0)) return firstSeenAt
  return publishedAt
}

export function newestFirst(a: MatchedTakeaway, b: MatchedTakeaway): number {
  return Temporal.Instant.compare(datedAt(b), datedAt(a)) || b.item.id - a.item.id || a.id - b.id
}

function joinMatches(same: MatchedTakeaway[]): MatchedTakeaway['matches'] {
  const byTopic = Map.groupBy(
    same.flatMap((finding) => finding.matches),
    (match) => match.topic,
  )
  return Array.from(byTopic, ([topic, matches]) => ({
    topic,
    score: Math.max(...matches.map((match) => match.score)),
    words: matches.flatMap((match) => match.words),
  }))
}

function onePerItem(others: MatchedTakeaway[], kept: MatchedTakeaway): MatchedTakeaway[] {
  const items = new Map(others.filter(({ item }) => item.id !== kept.item.id).map((other) => [other.item.id, other]))
  return [...items.values()]
}
