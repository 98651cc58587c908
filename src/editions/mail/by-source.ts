import type { TopicName, Word } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, newestFirst } from './dedupe.ts'
import { type Place, toMailItem, toSource } from './mail-item.ts'
import type { MailItem, SourceGroup } from './mail-view.ts'
import { strength } from './size-budget.ts'

/** What the entries of one mail share: `room` holds those that stand in it, `count` numbers them. */
export type Layout = { place: Place; room: ReadonlyMap<DedupedTakeaway, number>; count: () => number }

/**
 * Takeaways report by report: the report with the strongest takeaway on `topics` first, within a report as the publisher
 * has them. The words of `topics` are set off, and the names of `tags` stand beside a takeaway that matched them.
 */
export function bySource(
  told: DedupedTakeaway[],
  topics: TopicName[],
  tags: TopicName[],
  layout: Layout,
): SourceGroup[] {
  const standing = told.filter((each) => layout.room.has(each))
  const reports = [...Map.groupBy(standing, (each) => each.item.id).values()]
  const top = (report: DedupedTakeaway[]) => Math.max(...report.map((each) => strength(each, topics)))
  return reports
    .toSorted((a, b) => top(b) - top(a) || newestFirst(a[0]!, b[0]!))
    .map((report) => ({
      source: toSource(report[0]!, layout.place),
      items: report.toSorted((a, b) => a.id - b.id).map((each) => entryOf(each, topics, tags, layout)),
    }))
}

function entryOf(
  told: DedupedTakeaway,
  topics: TopicName[],
  tags: TopicName[],
  { place, room, count }: Layout,
): MailItem {
  const names = tags.filter(({ slug }) => told.matches.some((match) => match.topic === slug)).map((tag) => tag.name)
  return { n: count(), ...toMailItem(told, room.get(told)!, names, wordsOf(told, topics), place) }
}

function wordsOf(told: DedupedTakeaway, topics: TopicName[]): Word[] {
  return told.matches.filter(({ topic }) => topics.some(({ slug }) => slug === topic)).flatMap((match) => match.words)
}
