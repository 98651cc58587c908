import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { alertGroup } from './alert-group.ts'
import { noteWaits } from './note-waits.ts'
import { releaseWaiting } from './release-waiting.ts'
import { maxAlertWait } from './rules/schedule.ts'
import { type AlertRun, groupsOfFeed, ordinalsOfAlerts } from './store/alert-groups.ts'
import {
  concernedBy,
  dropNotes,
  noteMuted,
  noteToldLast,
  noteToldStories,
  threadsAroundSpan,
  threadsOfSpan,
} from './store/alert-notes.ts'
import { type AlertSpan, lockFeedForAlert, lockRaising, moveAlertCursor, readyForAlert } from './store/alerts.ts'
import { lockComposing } from './store/composing-lock.ts'
import { changedFacts, takeawaysToAlert } from './store/matched-takeaways.ts'

/** So many batches of what has waited come before the alerts of feeds: at the end of a night many are due at once. */
const maxFirst = 20

/**
 * Publishes the alerts that have waited long enough, and those for new matches and for changes, feed by feed. What has waited comes
 * first, up to a limit, and the rest of it after the feeds. Returns how many deliveries were created.
 * @throws the first error, after all others were published
 */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await placeClaims(app, signal)
  await app.db.transaction().execute(numberMatches)
  const first = await releaseWaiting(app, maxFirst, signal)
  const feeds = await alertFeeds(app, signal)
  const rest = await releaseWaiting(app, Number.POSITIVE_INFINITY, signal)
  const [failure, ...others] = [...first.failures, ...feeds.failures, ...rest.failures]
  for (const err of others) app.log.error({ err }, 'failed to publish an alert')
  if (failure) throw failure
  return first.deliveries + feeds.deliveries + rest.deliveries
}

/** A feed that fails stays due and keeps back no other one. */
async function alertFeeds(app: App, signal?: AbortSignal): Promise<{ deliveries: number; failures: unknown[] }> {
  let deliveries = 0
  const failures: unknown[] = []
  for (const feed of await readyForAlert(app.db, app.now(), app.now().subtract(maxAlertWait))) {
    if (signal?.aborted) break
    try {
      deliveries += await alertFeed(app, feed)
    } catch (error) {
      failures.push(error)
    }
  }
  return { deliveries, failures }
}

/** Publishes one feed's alerts and moves its cursor in one transaction: nothing is alerted twice, and nothing is lost. */
async function alertFeed(app: App, feed: number): Promise<number> {
  return app.db.transaction().execute(async (tx) => {
    await lockComposing(tx)
    await lockRaising(tx)
    const now = app.now()
    const span = await lockFeedForAlert(tx, feed, now)
    if (!span) return 0
    const deliveries = span.digestOnly ? 0 : await alertSpan(app, tx, feed, span, now)
    await moveAlertCursor(tx, feed, span, now)
    return deliveries
  })
}

/** A reader's subscriptions take their turns: what the alert of the first one tells, the next one knows. */
async function alertSpan(app: App, tx: Tx, feed: number, span: AlertSpan, now: Temporal.Instant): Promise<number> {
  let deliveries = 0
  for (const ordinal of await ordinalsOfAlerts(tx)) deliveries += await alertTurn(app, tx, feed, span, { ordinal, now })
  return deliveries
}

type Turn = { ordinal: number; now: Temporal.Instant }

async function alertTurn(app: App, tx: Tx, feed: number, span: AlertSpan, { ordinal, now }: Turn): Promise<number> {
  const threads = threadsOfSpan(feed, span)
  await noteToldLast(tx, feed, span)
  const concerned = concernedBy(feed, span, ordinal)
  await noteToldStories(tx, feed, concerned, threadsAroundSpan(feed, span), now)
  await noteMuted(tx, feed, concerned, threads)
  await noteWaits(tx, feed, concerned, now)
  const run: AlertRun = { id: feed, since: span.since, to: span.to, ordinal, now }
  let deliveries = 0
  for (const group of await groupsOfFeed(tx, run, span.topics)) {
    const window = { from: group.from, to: span.to }
    const matched = await takeawaysToAlert(tx, window, group, { feed, cursor: span.cursor, now })
    const facts = await changedFacts(tx, group.corrected)
    deliveries += await alertGroup(app, tx, { run, group, trigger: `feed ${feed}`, matched, facts, now })
  }
  await dropNotes(tx, feed)
  return deliveries
}
