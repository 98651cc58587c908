import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { mailFreshLink } from './preferences.ts'
import { paceOfQueue } from './rules/sign-up-limits.ts'
import { nextInQueue, takeFromQueue } from './store/queued-requests.ts'
import { signUp } from './subscribe.ts'

/** The job runs every so many seconds, and takes the part of a minute's requests that belongs to them. */
export const secondsBetweenRuns = 10
const runsInMinute = 60 / secondsBetweenRuns
const share = { ofAll: paceOfQueue.ofAll / runsInMinute, ofDomain: paceOfQueue.ofDomain / runsInMinute }

/** Carries out what waits in the queue since many people signed up, the longest first, at its pace; returns how many it took. */
export async function mailRequested(app: App, signal?: AbortSignal): Promise<number> {
  const waiting = await nextInQueue(app.db, share)
  let taken = 0
  for (const email of waiting) {
    if (signal?.aborted) break
    if (await app.db.transaction().execute((tx) => carryOut(app, tx, email))) taken += 1
  }
  return taken
}

/** False when another worker has taken the request. */
async function carryOut(app: App, tx: Tx, email: string): Promise<boolean> {
  const request = await takeFromQueue(tx, email)
  if (request?.signUp) await signUp(app, tx, request.signUp, request)
  else if (request) await mailFreshLink(app, tx, email)
  return request !== undefined
}
