import type { Tx } from '../platform/db/db.ts'
import type { BackgroundFor } from './background-for.ts'
import { unitFrom } from './rules/stored-unit.ts'
import { maxThreadGap, type StorySummary, summaryOf, threadOf } from './rules/thread.ts'
import { searchTerms, weigh } from './rules/weigh.ts'
import { claimsOf, type StoredClaim } from './store/claims.ts'
import { storiesWithTerms, type TermSearch } from './store/searches.ts'
import { setThreads } from './store/stories.ts'

/** So many earlier stories are looked at, which share most of so many rare terms. */
const maxEarlier = 10
const maxTerms = 12

/** Lets stories that have changed go on the thread of the earlier story that they continue. */
export async function continueThreads(tx: Tx, changed: number[], backgroundFor: BackgroundFor): Promise<void> {
  const stories = summariesOf(await claimsOf(tx, changed))
  const own = await backgroundFor(stories.map(({ unit }) => unit))
  const searches = stories.map((story) => searchBefore(story, searchTerms(weigh(story.unit, own), own, maxTerms)))
  const near = await storiesWithTerms(tx, searches, maxEarlier)
  const earlier = summariesOf(await claimsOf(tx, [...new Set(near.map(({ id }) => id))]))
  const background = await backgroundFor(earlier.map(({ unit }) => unit))
  const threads = new Map(near.map(({ id, thread }) => [id, thread]))
  const moved = new Map<number, number>()
  for (const story of stories) {
    const found = new Set(near.flatMap(({ search, id }) => (search === story.id ? id : [])))
    const link = threadOf(
      story,
      earlier.filter(({ id }) => found.has(Number(id))),
      background,
    )
    const thread = link && threads.get(Number(link.earlier))
    if (!thread || thread === threads.get(Number(story.id))) continue
    threads.set(Number(story.id), thread)
    moved.set(Number(story.id), thread)
  }
  await setThreads(tx, moved)
}

function searchBefore({ id, first }: StorySummary, terms: TermSearch['terms']): TermSearch {
  const to = Temporal.Instant.fromEpochMilliseconds(first)
  return { id: Number(id), terms, from: to.subtract({ milliseconds: maxThreadGap }), to }
}

function summariesOf(claims: StoredClaim[]): StorySummary[] {
  return [...Map.groupBy(claims, ({ story_id }) => story_id)].flatMap(([story, own]) => {
    const [first, ...rest] = own.map(({ unit }) => unitFrom(unit))
    return first ? [summaryOf(story, [first, ...rest])] : []
  })
}
