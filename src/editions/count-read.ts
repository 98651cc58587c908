import type { Tx } from '../platform/db/db.ts'
import type { SubscriptionFilter } from '../platform/db/tables/readers.ts'
import type { ComposingMemory } from './composing-memory.ts'
import type { ReadCounts } from './mail/digest-view.ts'
import { type ReadSpan, type ReportsRead, reportsRead, silentFeeds } from './store/reports-read.ts'

/**
 * What was read in a span of time for some readers: how many reports of their feeds, how many of them had no match on their topics,
 * and which feeds had been silent against their habit.
 */
export async function countRead(
  tx: Tx,
  span: ReadSpan,
  { topics, feeds }: Pick<SubscriptionFilter, 'topics' | 'feeds'>,
  memory: ComposingMemory,
): Promise<ReadCounts> {
  const all = await memory.once('reports read', span, () => reportsRead(tx, span))
  const own = all.filter(({ feed }) => feeds.length === 0 || feeds.includes(feed))
  const withoutMatch = own.filter((some) => !some.topics.some((topic) => topics.includes(topic)))
  return {
    reports: reportsIn(own),
    feeds: new Set(own.map(({ feed }) => feed)).size,
    withoutMatch: reportsIn(withoutMatch),
    silent: await memory.once('silent', { feeds, at: span.to }, () => silentFeeds(tx, feeds, span.to)),
  }
}

const reportsIn = (some: ReportsRead[]): number => some.reduce((sum, { reports }) => sum + reports, 0)
