import type { TopicName, Word } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, groupsOf, newestFirst } from './dedupe.ts'
import { type MailContext, toMailItem, toSource } from './mail-item.ts'
import type { MailItem, More, Section, SourceGroup } from './mail-view.ts'
import { type FittedTakeaway, fitIntoBudget, sizeBudget, strength } from './size-budget.ts'

const listedReports = 5

/**
 * The takeaways of a digest by topic, in the reader's order of topics. A takeaway stands under its first topic only, and
 * the other topics are its tags. `reservedBytes` of the size budget are left for other parts of the mail.
 */
export function bySection(
  takeaways: DedupedTakeaway[],
  topics: TopicName[],
  context: MailContext,
  reservedBytes: number,
): { sections: Section[]; more: More | null } {
  const { fitted, left } = fitIntoBudget(takeaways, topics, context, sizeBudget - reservedBytes)
  const nextNumber = counter()
  const sections = topics.map((topic) => {
    const isOwn = (takeaway: DedupedTakeaway) => firstTopic(takeaway, topics) === topic
    const tags = topics.filter((other) => other !== topic)
    const sources = bySource(fitted.filter(isOwn), { topics: [topic], tags, context, nextNumber })
    return { name: topic.name, count: takeaways.filter(isOwn).length, sources }
  })
  return { sections: sections.filter((section) => section.sources.length > 0), more: toMore(left, context) }
}

/** The takeaways of an alert: report by report, with every topic as a tag; `reservedBytes` are for its other parts. */
export function byReport(
  takeaways: DedupedTakeaway[],
  topics: TopicName[],
  context: MailContext,
  reservedBytes: number,
): { sources: SourceGroup[]; more: More | null } {
  const { fitted, left } = fitIntoBudget(takeaways, topics, context, sizeBudget - reservedBytes)
  const sources = bySource(fitted, { topics, tags: topics, context, nextNumber: counter() })
  return { sources, more: toMore(left, context) }
}

/** The topic that a takeaway stands under: the first, in the reader's order, that it matched. */
export function firstTopic(takeaway: DedupedTakeaway, topics: TopicName[]): TopicName | undefined {
  return topics.find((topic) => isOn(takeaway, topic))
}

/** The words of `topics` are highlighted; the names of `tags` stand beside a takeaway that matched them. */
type Arrangement = { topics: TopicName[]; tags: TopicName[]; context: MailContext; nextNumber: () => number }

/** The report with the strongest takeaway on the topics comes first; a report keeps its publisher's order. */
function bySource(takeaways: FittedTakeaway[], arrangement: Arrangement): SourceGroup[] {
  const strongest = (report: FittedTakeaway[]) =>
    Math.max(...report.map((takeaway) => strength(takeaway, arrangement.topics)))
  return groupsOf(takeaways, ({ item }) => item.id)
    .toSorted((a, b) => strongest(b) - strongest(a) || newestFirst(a[0], b[0]))
    .map((report) => ({
      source: toSource(report[0], arrangement.context),
      titleShown: !report.some(({ text, item }) => item.title.includes(text)),
      items: report.toSorted((a, b) => a.id - b.id).map((takeaway) => numberedItem(takeaway, arrangement)),
    }))
}

function numberedItem(takeaway: FittedTakeaway, { topics, tags, context, nextNumber }: Arrangement): MailItem {
  const { quoteLength } = takeaway
  const names = tags.filter((tag) => isOn(takeaway, tag)).map((tag) => tag.name)
  return {
    n: nextNumber(),
    ...toMailItem(takeaway, context, { quoteLength, tags: names, words: wordsOf(takeaway, topics) }),
  }
}

function wordsOf(takeaway: DedupedTakeaway, topics: TopicName[]): Word[] {
  const matches = takeaway.matches.filter(({ topic }) => topics.some(({ slug }) => slug === topic))
  return matches.flatMap((match) => match.words)
}

function isOn(takeaway: DedupedTakeaway, { slug }: TopicName): boolean {
  return takeaway.matches.some((match) => match.topic === slug)
}

/** The takeaways that did not fit, by report: the report with most of them first. */
function toMore(left: DedupedTakeaway[], context: MailContext): More | null {
  if (!left.length) return null
  const reports = groupsOf(left, ({ item }) => item.id).toSorted((a, b) => b.length - a.length)
  const sources = reports
    .slice(0, listedReports)
    .map((report) => ({ ...toSource(report[0], context), count: report.length }))
  return { count: left.length, sources, otherReports: reports.length - sources.length }
}

function counter(): () => number {
  let n = 0
  return () => ++n
}
