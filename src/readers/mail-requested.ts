import type { App } from '../app.ts'
import { mailFromQueue } from './confirmation-mail.ts'
import { paceOfQueue } from './rules/sign-up-limits.ts'
import { nextInQueue } from './store/requested-mails.ts'

/** The job runs every so many seconds, and mails the part of a minute's mails that belongs to them. */
export const secondsBetweenRuns = 10
const runsInMinute = 60 / secondsBetweenRuns
const share = { ofAll: paceOfQueue.ofAll / runsInMinute, ofDomain: paceOfQueue.ofDomain / runsInMinute }

/** Mails what waits in the queue since many people signed up, the longest first, at its pace; returns how many it took. */
export async function mailRequested(app: App, signal?: AbortSignal): Promise<number> {
  const waiting = await nextInQueue(app.db, share)
  let taken = 0
  for (const { subscriber_id: subscriberId, kind } of waiting) {
    if (signal?.aborted) break
    await app.db.transaction().execute((tx) => mailFromQueue(app, tx, { kind, subscriberId }))
    taken += 1
  }
  return taken
}
