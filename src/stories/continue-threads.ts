import type { Tx } from '../platform/db/db.ts'
import type { BackgroundFor } from './background-for.ts'
import { unitFrom } from './rules/stored-unit.ts'
import { maxThreadGap, type StorySummary, summaryOf, threadOf } from './rules/thread.ts'
import { searchTerms, weigh } from './rules/weigh.ts'
import type { StoredClaim } from './store/claims.ts'
import { claimsOf, setThread, storiesWithTerms } from './store/stories.ts'

/** So many earlier stories that share rare terms are looked at. */
const maxEarlier = 20

/** Lets stories that have changed go on the thread of the earlier story that they continue. */
export async function continueThreads(tx: Tx, stories: number[], backgroundFor: BackgroundFor): Promise<void> {
  for (const story of summariesOf(await claimsOf(tx, stories))) await continueThread(tx, story, backgroundFor)
}

async function continueThread(tx: Tx, story: StorySummary, backgroundFor: BackgroundFor): Promise<void> {
  const own = await backgroundFor([story.unit])
  const first = Temporal.Instant.fromEpochMilliseconds(story.first)
  const terms = searchTerms(weigh(story.unit, own), own)
  const near = await storiesWithTerms(tx, terms, first.subtract({ milliseconds: maxThreadGap }), first, maxEarlier)
  const others = near.filter(({ id }) => id !== story.id)
  const ids = others.map(({ id }) => id)
  const earlier = summariesOf(await claimsOf(tx, ids))
  const background = await backgroundFor([story.unit, ...earlier.map(({ unit }) => unit)])
  const link = threadOf(story, earlier, background)
  const thread = others.find(({ id }) => id === link?.earlier)?.thread_id
  if (thread !== undefined) await setThread(tx, Number(story.id), thread)
}

function summariesOf(claims: StoredClaim[]): StorySummary[] {
  return [...Map.groupBy(claims, ({ story_id }) => story_id)].flatMap(([story, own]) => {
    const [first, ...rest] = own.map(({ unit }) => unitFrom(unit))
    return first ? [summaryOf(story, [first, ...rest])] : []
  })
}
