import type { Tx } from '../platform/db/db.ts'
import { backgroundFor } from './background-for.ts'
import { unitFrom } from './rules/stored-unit.ts'
import { maxThreadGap, type StorySummary, summaryOf, threadOf } from './rules/thread.ts'
import { rarestTerms, weigh } from './rules/weigh.ts'
import type { PlacedClaim } from './store/claims.ts'
import { openStories, setThread, storiesWithTerms } from './store/stories.ts'

/** So many earlier stories that share rare terms are looked at. */
const maxEarlier = 20

/** Lets stories that have changed go on the thread of the earlier story that they continue. */
export async function continueThreads(tx: Tx, stories: number[], documents: number): Promise<void> {
  const { claims } = await openStories(tx, stories)
  for (const story of summariesOf(claims)) await continueThread(tx, story, documents)
}

async function continueThread(tx: Tx, story: StorySummary, documents: number): Promise<void> {
  const own = await backgroundFor(tx, [story.unit], documents)
  const first = Temporal.Instant.fromEpochMilliseconds(story.first)
  const terms = rarestTerms(weigh(story.unit, own))
  const near = await storiesWithTerms(tx, terms, first.subtract({ milliseconds: maxThreadGap }), first, maxEarlier)
  const others = near.filter(({ id }) => id !== story.id)
  const { claims } = await openStories(
    tx,
    others.map(({ id }) => id),
  )
  const earlier = summariesOf(claims)
  const background = await backgroundFor(tx, [story.unit, ...earlier.map(({ unit }) => unit)], documents)
  const link = threadOf(story, earlier, background)
  const thread = others.find(({ id }) => id === link?.earlier)?.thread_id
  if (thread !== undefined) await setThread(tx, Number(story.id), thread)
}

function summariesOf(claims: PlacedClaim[]): StorySummary[] {
  return [...Map.groupBy(claims, ({ story_id }) => story_id)].flatMap(([story, own]) => {
    const [first, ...rest] = own.map(({ unit }) => unitFrom(unit))
    return first ? [summaryOf(story, [first, ...rest])] : []
  })
}
