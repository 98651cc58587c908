import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { composeInTurn } from './compose-in-turn.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { digestDraft } from './digest-draft.ts'
import { toldBy } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { freeze, mailingOf } from './publish.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import { ruleVersions } from './rules/edition.ts'
import { lockComposing } from './store/composing-lock.ts'
import { createForSubscriptions } from './store/create-deliveries.ts'
import type { FrozenEdition } from './store/editions.ts'
import { filterOf } from './store/filters.ts'
import { lineagesToldIn } from './store/mailed-takeaways.ts'
import { matchedTakeawaysSince } from './store/matched-takeaways.ts'
import { lockWelcoming, type NewcomerGroup, newcomerGroups, recordWelcomes } from './store/welcomes.ts'
import { withStories } from './story-claims.ts'

/** So many newcomers are grouped at once. */
const maxBatch = 5_000
const lookBack = Temporal.Duration.from({ hours: 7 * 24 })

/**
 * Creates the welcome digests of newly confirmed subscriptions, about the seven days before the hour of confirmation. Those with one
 * choice who are told the same share an edition. Who returns gets one at each return, also without news. Returns how many deliveries
 * were created.
 */
export async function welcomeNewcomers(app: App, signal?: AbortSignal): Promise<number> {
  let deliveries = 0
  let isPlaced = false
  while (!signal?.aborted) {
    const created = await app.db.transaction().execute((tx) => welcomeNext(app, tx, isPlaced, signal))
    if (created === undefined) break
    if (created === 'unplaced') await placeClaims(app, signal)
    else deliveries += created
    isPlaced = true
  }
  return deliveries
}

/** Welcomes groups until the time of the transaction is over; undefined when nobody is new. Claims must be in their stories first. */
async function welcomeNext(
  app: App,
  tx: Tx,
  isPlaced: boolean,
  signal?: AbortSignal,
): Promise<number | 'unplaced' | undefined> {
  await lockComposing(tx)
  await lockWelcoming(tx)
  const groups = await newcomerGroups(tx, maxBatch)
  if (groups.length === 0) return undefined
  if (!isPlaced) return 'unplaced'
  return composeInTurn(groups, (group, memory) => welcomeGroup(app, tx, group, memory), signal)
}

async function welcomeGroup(app: App, tx: Tx, group: NewcomerGroup, memory: ComposingMemory): Promise<number> {
  const since = group.confirmed_hour.subtract(lookBack)
  const facts = { since, to: group.to_position, filter: filterOf(group) }
  const matched = await memory.once('matched', facts, () => matchedTakeawaysSince(tx, since, group.to_position, group))
  const mailed = await memory.once('mailed', group.mailed, () => lineagesToldIn(tx, group.mailed))
  const takeaways = matched.filter(({ lineage }) => !mailed.has(lineage))
  if (!takeaways.length && mailed.size && !group.isReturn) {
    await recordWelcomes(tx, group, { reason: 'all matching takeaways were mailed to this reader before' })
    return 0
  }
  const edition = await freezeWelcome(app, tx, group, { takeaways, memory })
  const subscriptions = await recordWelcomes(tx, group, { edition: edition.id })
  const deliveries = await createForSubscriptions(tx, mailingOf(app, edition), subscriptions)
  app.log.info({ edition: edition.key, deliveries, takeaways: takeaways.length }, 'published welcome digest')
  return deliveries
}

/** Newcomers with the same civil date, filter, schedule and takeaways share an edition. */
async function freezeWelcome(
  app: App,
  tx: Tx,
  group: NewcomerGroup,
  { takeaways, memory }: { takeaways: MatchedTakeaway[]; memory: ComposingMemory },
): Promise<FrozenEdition> {
  const {
    cadence,
    local_time: localTime,
    weekday,
    zone,
    minutes,
    confirmed_at: closedAt,
    civil_date: civilDate,
  } = group
  const topics = await memory.once('rules', group.topics, () => rulesOf(tx, group.topics))
  const ofTakeaways = takeaways.map(({ id, matches }) => [id, matches.map(({ topic }) => topic)])
  const stories = await memory.once('stories', ofTakeaways, async () =>
    planStories(await withStories(tx, takeaways), []),
  )
  const schedule = { cadence, localTime, weekday }
  const none = { corrections: [], read: null }
  const about = {
    kind: 'welcome' as const,
    topics,
    filter: filterOf(group),
    stories,
    zone,
    closedAt,
    civilDate,
    schedule,
    minutes,
    ...none,
  }
  return freeze(app, tx, {
    ...digestDraft({ ...about, publicUrl: app.config.publicUrl }),
    civilDate,
    reason: 'welcome',
    facts: {
      kind: 'welcome',
      trigger: `${cadence} ${localTime} ${zone} ${civilDate} ${weekday}`,
      window: 'the seven days before confirmation',
      filter: filterOf(group),
      minutes,
      rules: ruleVersions(topics),
      ...toldBy(takeaways, []),
      told: [],
    },
  })
}
