import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { alertGroup } from './alert-group.ts'
import { createComposingMemory } from './composing-memory.ts'
import { noteWaits } from './note-waits.ts'
import { type AlertRun, groupsOfFeed } from './store/alert-groups.ts'
import {
  concernedBy,
  concernedIn,
  dropNotes,
  everyReader,
  noteMuted,
  noteToldLast,
  noteToldStories,
  threadsAroundSpan,
  threadsOfSpan,
} from './store/alert-notes.ts'
import { beginRun, endRun, lockRun, takePart } from './store/alert-runs.ts'
import { type AlertSpan, lockFeedForAlert, lockRaising, moveAlertCursor, spanToAlert } from './store/alerts.ts'
import { lockComposing } from './store/composing-lock.ts'
import { filterOf } from './store/filters.ts'
import { changedFacts, takeawaysToAlert } from './store/matched-takeaways.ts'

/**
 * Publishes one feed's alerts in parts, each in one transaction, so that the first mails leave while the next are composed. A run that
 * was interrupted goes on where it was: nothing is alerted twice, and nothing is lost. Returns how many deliveries were created.
 */
export async function alertFeed(app: App, feed: number, signal?: AbortSignal): Promise<number> {
  await inTransaction(app, (tx) => begin(app, tx, feed))
  let deliveries = 0
  while (!signal?.aborted) {
    const created = await inTransaction(app, (tx) => alertNextPart(app, tx, feed))
    if (created === undefined) break
    deliveries += created
  }
  return deliveries
}

/** What one transaction tells a reader, the next one must know: they come one after the other. */
async function inTransaction<T>({ db }: App, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await lockComposing(tx)
    await lockRaising(tx)
    return work(tx)
  })
}

/** Begins a run, unless one is not over or nothing is new. */
async function begin(app: App, tx: Tx, feed: number): Promise<void> {
  if (await lockRun(tx, feed)) return
  const locked = await lockFeedForAlert(tx, feed)
  const span = locked && (await spanToAlert(tx, feed, locked.cursor, app.now()))
  if (!span) return
  if (locked.digestOnly) return moveAlertCursor(tx, feed, span)
  await noteToldLast(tx, feed, everyReader, span)
  await beginRun(tx, feed, span, concernedBy(feed, span))
  await dropNotes(tx, feed)
}

/** Tells the next part of the readers, or ends the run; undefined when it is over. */
async function alertNextPart(app: App, tx: Tx, feed: number): Promise<number | undefined> {
  const span = await lockRun(tx, feed)
  if (!span) return undefined
  const locked = await lockFeedForAlert(tx, feed)
  const part = locked?.digestOnly ? undefined : await takePart(tx, feed)
  if (part) return alertPart(app, tx, feed, { span, part })
  await moveAlertCursor(tx, feed, span)
  await endRun(tx, feed)
  return undefined
}

async function alertPart(
  app: App,
  tx: Tx,
  feed: number,
  { span, part }: { span: AlertSpan; part: number[] },
): Promise<number> {
  const now = app.now()
  const concerned = concernedIn(part)
  await noteToldLast(tx, feed, concerned, span)
  await noteToldStories(tx, feed, concerned, threadsAroundSpan(feed, span), now)
  await noteMuted(tx, feed, concerned, threadsOfSpan(feed, span))
  await noteWaits(tx, feed, concerned, now)
  const { since, to, starts, cursor, begunAt } = span
  const run: AlertRun = { id: feed, since, to, starts, subscriptions: part, now }
  const memory = createComposingMemory()
  let deliveries = 0
  for (const group of await groupsOfFeed(tx, run, span.topics)) {
    const { from, corrected } = group
    const matched = await memory.once('matched', { from, filter: filterOf(group) }, () =>
      takeawaysToAlert(tx, { from, to }, group, { feed, cursor, now: begunAt }),
    )
    const facts = await memory.once('facts', corrected, () => changedFacts(tx, corrected))
    deliveries += await alertGroup(app, tx, { run, group, trigger: `feed ${feed}`, matched, facts, now }, memory)
  }
  await dropNotes(tx, feed)
  return deliveries
}
