import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { digestDraft } from './digest-draft.ts'
import { toldBy } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { freeze, mailingOf } from './publish.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import { ruleVersions } from './rules/edition.ts'
import { lockComposing } from './store/composing-lock.ts'
import { createForReader } from './store/create-deliveries.ts'
import type { FrozenEdition } from './store/editions.ts'
import { filterOf } from './store/filters.ts'
import { lineagesMailedTo } from './store/mailed-takeaways.ts'
import { matchedTakeawaysSince } from './store/matched-takeaways.ts'
import { closeWelcome, closeWelcomeEmpty, type Newcomer, newcomers, openWelcome } from './store/windows.ts'
import { withStories } from './story-claims.ts'

const maxBatch = 100
const lookBack = Temporal.Duration.from({ hours: 7 * 24 })

/**
 * Creates the welcome digest of every newly confirmed subscription, about the seven days before confirmation. Who returns gets one
 * at each return, also without news. Returns how many deliveries were created.
 */
export async function welcomeNewcomers(app: App, signal?: AbortSignal): Promise<number> {
  let deliveries = 0
  while (!signal?.aborted) {
    const batch = await newcomers(app.db, maxBatch)
    if (!batch.length) break
    await placeClaims(app, signal)
    for (const newcomer of batch) {
      deliveries += await app.db.transaction().execute((tx) => welcome(app, tx, newcomer))
    }
  }
  return deliveries
}

async function welcome(app: App, tx: Tx, newcomer: Newcomer): Promise<number> {
  const civilDate = newcomer.confirmed_at.toZonedDateTimeISO(newcomer.zone).toPlainDate().toString()
  await lockComposing(tx)
  if (!(await openWelcome(tx, newcomer, civilDate))) return 0
  const since = newcomer.confirmed_at.subtract(lookBack)
  const mailed = await lineagesMailedTo(tx, newcomer.subscriber_id)
  const matched = await matchedTakeawaysSince(tx, since, newcomer.from_position, newcomer)
  const takeaways = matched.filter(({ lineage }) => !mailed.has(lineage))
  if (!takeaways.length && mailed.size && newcomer.returns === 0) {
    await closeWelcomeEmpty(tx, newcomer, 'all matching takeaways were mailed to this reader before')
    return 0
  }
  const edition = await freezeWelcome(app, tx, newcomer, civilDate, takeaways)
  await closeWelcome(tx, newcomer, edition.id)
  app.log.info({ edition: edition.key, takeaways: takeaways.length }, 'published welcome digest')
  return createForReader(tx, mailingOf(app, edition), newcomer.subscriber_id, newcomer.id)
}

/** Newcomers with the same civil date, filter, schedule and takeaways share an edition. */
async function freezeWelcome(
  app: App,
  tx: Tx,
  newcomer: Newcomer,
  civilDate: string,
  takeaways: MatchedTakeaway[],
): Promise<FrozenEdition> {
  const { cadence, local_time: localTime, weekday, zone, minutes, confirmed_at: closedAt } = newcomer
  const topics = await rulesOf(tx, newcomer.topics)
  const stories = planStories(await withStories(tx, takeaways), [])
  const schedule = { cadence, localTime, weekday }
  const none = { corrections: [], read: null }
  const about = {
    kind: 'welcome' as const,
    topics,
    filter: filterOf(newcomer),
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
      filter: filterOf(newcomer),
      minutes: newcomer.minutes,
      rules: ruleVersions(topics),
      ...toldBy(takeaways, []),
      told: [],
    },
  })
}
