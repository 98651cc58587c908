import { hostname } from 'node:os'
import type { App } from '../app.ts'
import { clockDistance } from '../platform/clock-guard.ts'
import { clockOf, heartbeat, registerWorker } from '../platform/db/lease.ts'
import { UserError } from '../platform/user-error.ts'
import { leaveWork } from './recover.ts'

/** How often a worker renews its heartbeat; it expires after 15 s. */
export const heartbeatMs = 5_000

/** Registers this process as a worker. From now on it claims work under the id in `app.worker`. */
export async function registerProcess(app: App): Promise<void> {
  const clockOffS = await compareClocks(app)
  app.worker.id = await registerWorker(app.db, `${hostname()}:${process.pid}`, clockOffS)
}

/**
 * Compares the clocks and renews the heartbeat. If the worker had expired, its claims are lost, and it goes on under a new id.
 */
export async function renewHeartbeat(app: App): Promise<void> {
  if (await heartbeat(app.db, app.worker.id, await compareClocks(app))) return
  await registerProcess(app)
  app.log.warn('this worker sent no heartbeat for 15 s and was registered again')
}

/** Compares our clock with the database's, and says when it turns wrong or right. Returns the seconds that it is ahead. */
async function compareClocks({ db, clockGuard, log }: App): Promise<number> {
  const before = clockGuard.ownTime()
  const database = await clockOf(db)
  const { aheadS, turned } = clockGuard.note({ before, database, after: clockGuard.ownTime() })
  if (turned === 'wrong') log.error({ aheadS }, `stopped work: the clock of this machine is ${clockDistance(aheadS)}`)
  if (turned === 'right') log.warn('resumed work: the clocks of this machine and of the database agree')
  return aheadS
}

/**
 * Does work that claims rows, without a queue. The process is a worker until the work ends. `signal` aborts when the clock
 * turns wrong meanwhile.
 * @throws UserError when the clock of this machine is wrong
 */
export async function asWorker(app: App, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  await registerProcess(app)
  const wrong = new AbortController()
  const beat = async () => {
    await renewHeartbeat(app)
    if (!app.clockGuard.isRight()) wrong.abort()
  }
  const timer = setInterval(() => beat().catch(() => {}), heartbeatMs)
  try {
    if (!app.clockGuard.isRight()) throw new UserError(wrongClock)
    await work(wrong.signal)
  } finally {
    clearInterval(timer)
    await leaveWork(app)
  }
}

const wrongClock =
  'The clocks of this machine and of the database differ by more than a minute. Set both by NTP, then run this again.'
