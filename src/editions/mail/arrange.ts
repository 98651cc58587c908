import type { TopicName } from '../../reading/rules/types.ts'
import { bySource, type Layout } from './by-source.ts'
import type { DedupedTakeaway } from './dedupe.ts'
import { type Place, toSource } from './mail-item.ts'
import type { More, Section, SourceGroup } from './mail-view.ts'
import { fitIntoBudget, sizeBudget } from './size-budget.ts'

const listedReports = 5

/**
 * The takeaways of a digest: topics as the reader put them, each takeaway once under its first topic, the others as tags.
 * `taken` is how many bytes of the mail's room are spoken for.
 */
export function bySection(
  told: DedupedTakeaway[],
  topics: TopicName[],
  place: Place,
  taken: number,
): { sections: Section[]; more: More | null } {
  const layout = layOut(told, topics, place, taken)
  const sections = topics.map((topic) => {
    const own = told.filter((each) => firstTopic(each, topics) === topic)
    const tags = topics.filter((other) => other !== topic)
    return { name: topic.name, count: own.length, sources: bySource(own, [topic], tags, layout) }
  })
  return { sections: sections.filter((section) => section.sources.length > 0), more: toMore(told, layout) }
}

/** The takeaways of an alert: report by report, every topic as a tag. */
export function byReport(
  told: DedupedTakeaway[],
  topics: TopicName[],
  place: Place,
): { sources: SourceGroup[]; more: More | null } {
  const layout = layOut(told, topics, place)
  return { sources: bySource(told, topics, topics, layout), more: toMore(told, layout) }
}

/** The topic that a takeaway stands under: the first, in the reader's order, that it matched. */
export function firstTopic(told: DedupedTakeaway, topics: TopicName[]): TopicName | undefined {
  return topics.find(({ slug }) => told.matches.some((match) => match.topic === slug))
}

function layOut(told: DedupedTakeaway[], topics: TopicName[], place: Place, taken = 0): Layout {
  let n = 0
  return { place, room: fitIntoBudget(told, topics, place, sizeBudget - taken), count: () => ++n }
}

/** What found no room: how many, and in which reports. */
function toMore(told: DedupedTakeaway[], { room, place }: Layout): More | null {
  const left = told.filter((each) => !room.has(each))
  if (!left.length) return null
  const reports = [...Map.groupBy(left, (each) => each.item.id).values()].toSorted((a, b) => b.length - a.length)
  const sources = reports.slice(0, listedReports).map((same) => ({ ...toSource(same[0]!, place), count: same.length }))
  return { count: left.length, sources, reports: Math.max(0, reports.length - listedReports) }
}
