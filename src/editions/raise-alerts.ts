import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { alertGroup } from './alert-group.ts'
import { noteWaits } from './note-waits.ts'
import { maxAlertWait } from './rules/schedule.ts'
import { type AlertRun, groupsOfFeed, groupsOfWaited } from './store/alert-groups.ts'
import {
  dropNotes,
  noteMuted,
  noteToldLast,
  noteToldOfWaited,
  noteToldStories,
  threadsOfSpan,
  waitedRun,
} from './store/alert-notes.ts'
import { areWaitsDue, takeDueWaits } from './store/alert-waits.ts'
import { type AlertSpan, lockFeedForAlert, lockRaising, moveAlertCursor, readyForAlert } from './store/alerts.ts'
import { changedFacts, takeawaysToAlert, takeawaysWaiting } from './store/matched-takeaways.ts'
import { threadsOfLineages } from './store/told-last.ts'

/**
 * Publishes the alerts that have waited long enough, then those for new matches and for changes, feed by feed. Returns how
 * many deliveries were created.
 */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await placeClaims(app, signal)
  await app.db.transaction().execute(numberMatches)
  let deliveries = (await areWaitsDue(app.db, app.now())) ? await releaseWaiting(app) : 0
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
    const deliveries = span.digestOnly ? 0 : await alertSpan(app, tx, feed, span)
    await moveAlertCursor(tx, feed, span, now)
    return deliveries
  })
}

async function alertSpan(app: App, tx: Tx, feed: number, span: AlertSpan): Promise<number> {
  const now = app.now()
  const threads = threadsOfSpan(feed, span)
  await noteToldLast(tx, feed, span)
  await noteToldStories(tx, feed, threads, now)
  await noteMuted(tx, feed, threads)
  await noteWaits(tx, feed, now)
  const run: AlertRun = { id: feed, since: span.since, to: span.to }
  let deliveries = 0
  for (const group of await groupsOfFeed(tx, run)) {
    const window = { from: group.from, to: span.to }
    const wanted = { topics: group.topics, minScore: group.min_score }
    const matched = await takeawaysToAlert(tx, window, wanted, { feed, cursor: span.cursor, now })
    const facts = await changedFacts(tx, group.corrected)
    deliveries += await alertGroup(app, tx, { run, group, trigger: `feed ${feed}`, matched, facts })
  }
  await dropNotes(tx, feed)
  return deliveries
}

/**
 * Tells in one mail what has waited for a reader. What the report no longer says, and what a digest or another alert told in the
 * meantime, is not told again. All in one transaction: a wait ends with its mail, with a longer wait, or with the reason
 * that it is known.
 */
async function releaseWaiting(app: App): Promise<number> {
  const now = app.now()
  return app.db.transaction().execute(async (tx) => {
    await lockRaising(tx)
    const lineages = await takeDueWaits(tx, waitedRun, now)
    const threads = threadsOfLineages(lineages)
    await noteToldOfWaited(tx, lineages)
    await noteToldStories(tx, waitedRun, threads, now)
    await noteMuted(tx, waitedRun, threads)
    await noteWaits(tx, waitedRun, now)
    const run: AlertRun = { id: waitedRun, since: 0, to: Number.MAX_SAFE_INTEGER }
    let deliveries = 0
    for (const group of await groupsOfWaited(tx, run)) {
      const wanted = { topics: group.topics, minScore: group.min_score }
      const matched = await takeawaysWaiting(tx, group.waited, group.from, wanted)
      const facts = await changedFacts(tx, group.corrected)
      deliveries += await alertGroup(app, tx, { run, group, trigger: `waited until ${now}`, matched, facts })
    }
    await dropNotes(tx, waitedRun)
    return deliveries
  })
}
