import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { placesOf } from '../stories/store/stories.ts'
import { alertView } from './mail/alert-view.ts'
import { type ChangedFact, type Correction, correctionsOf, toldBy, withoutTold } from './mail/corrections.ts'
import { toldAs } from './mail/told-stories.ts'
import { freeze, mailingOf } from './publish.ts'
import { alertsBefore } from './rules/alert-thread.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory } from './rules/briefing/story.ts'
import { ruleVersions } from './rules/edition.ts'
import { maxAlertWait } from './rules/schedule.ts'
import {
  type AlertFilter,
  type AlertSpan,
  alertFilters,
  lockFeedForAlert,
  moveAlertCursor,
  noteMuted,
  noteToldLast,
  noteToldStories,
  readyForAlert,
} from './store/alerts.ts'
import { createForFilter } from './store/create-deliveries.ts'
import type { Edition } from './store/editions.ts'
import { changedFacts, takeawaysToAlert } from './store/matched-takeaways.ts'
import { alertsTelling } from './store/told-claims.ts'
import { toldClaims, withStories } from './story-claims.ts'

/** Publishes the alerts for new matches and for changes, feed by feed; returns how many deliveries were created. */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await placeClaims(app, signal)
  await app.db.transaction().execute(numberMatches)
  let deliveries = 0
  for (const feed of await readyForAlert(app.db, app.now(), app.now().subtract(maxAlertWait))) {
    if (signal?.aborted) break
    deliveries += await alertFeed(app, feed)
  }
  return deliveries
}

/** Publishes one feed's alerts and moves its cursor in one transaction: nothing is alerted twice, and nothing is lost. */
async function alertFeed(app: App, feed: number): Promise<number> {
  const now = app.now()
  return app.db.transaction().execute(async (tx) => {
    const span = await lockFeedForAlert(tx, feed, now)
    if (!span) return 0
    await noteToldLast(tx, feed, span)
    await noteToldStories(tx, feed, span, now)
    await noteMuted(tx, feed, span)
    let deliveries = 0
    for (const filter of await alertFilters(tx, feed, span)) {
      deliveries += await alertFilter(app, tx, { feed, now, ...span, filter })
    }
    await moveAlertCursor(tx, feed, span, now)
    return deliveries
  })
}

type Alerting = AlertSpan & { feed: number; now: Temporal.Instant; filter: AlertFilter }

async function alertFilter(app: App, tx: Tx, { feed, filter, now, ...span }: Alerting): Promise<number> {
  const window = { from: filter.from, to: span.to }
  const wanted = { topics: filter.topics, minScore: filter.min_score }
  const matched = await takeawaysToAlert(tx, window, wanted, { feed, cursor: span.cursor, now })
  const facts = await changedFacts(tx, filter.corrected)
  const corrections = correctionsOf(await withoutMuted(tx, facts, filter.muted))
  const known = new Set(facts.map(({ was }) => was.lineage))
  const news = await withStories(
    tx,
    withoutTold(matched, corrections, ({ lineage }) => known.has(lineage)),
  )
  const told = await toldClaims(tx, filter.told, [...new Set(news.map(({ thread }) => thread))])
  // What its readers know already, and what only goes on, interrupts nobody: the next digest has it.
  const stories = planStories(news, told).filter(
    ({ status, claims: [{ thread }] }) => status !== 'continuing' && !filter.muted.includes(thread),
  )
  if (!stories.length && !corrections.length) return 0
  const edition = await freezeAlert(app, tx, { feed, window, filter, stories, corrections })
  const [correction] = corrections
  const repliesTo = correction ? await alertsTelling(tx, correction.was.id) : alertsBefore(stories, told)
  const deliveries = await createForFilter(tx, mailingOf(app, edition), {
    ...filter,
    feed,
    since: span.since,
    repliesTo,
  })
  const counts = { deliveries, stories: stories.length, corrections: corrections.length }
  app.log.info({ edition: edition.key, ...counts }, 'published alert')
  return deliveries
}

/** The changed facts without those of threads that the readers muted. */
async function withoutMuted(tx: Tx, facts: ChangedFact[], muted: number[]): Promise<ChangedFact[]> {
  if (muted.length === 0) return facts
  const places = await placesOf(
    tx,
    facts.map(({ was }) => was.wording),
  )
  return facts.filter(({ was }) => !muted.includes(places.get(was.wording)?.thread ?? 0))
}

type AlertContent = {
  feed: number
  window: { from: number; to: number }
  filter: AlertFilter
  stories: PlannedStory[]
  corrections: Correction[]
}

async function freezeAlert(app: App, tx: Tx, { feed, window, filter, ...content }: AlertContent): Promise<Edition> {
  const closedAt = app.now()
  const topics = await rulesOf(tx, filter.topics)
  const { stories, corrections } = content
  const takeaways = stories.flatMap(({ claims }) => claims)
  return freeze(app, tx, {
    template: 'alert',
    civilDate: closedAt.toString().slice(0, 10),
    reason: takeaways.length ? 'new takeaways on these topics' : 'changes to takeaways of earlier alerts',
    facts: {
      kind: 'alert',
      trigger: `feed ${feed}`,
      window: `${window.from}-${window.to}`,
      topics: filter.topics,
      minScore: filter.min_score,
      rules: ruleVersions(topics),
      told: filter.told,
      ...toldBy(takeaways, corrections),
    },
    stories: stories.map((story) => toldAs('full', story)),
    view: (sender) => alertView({ ...sender, topics, stories, corrections, closedAt }),
  })
}
