import { hostname } from 'node:os'
import type { App } from '../app.ts'
import { heartbeat, registerWorker } from '../platform/db/lease.ts'
import { leaveWork } from './recover.ts'

/** How often a worker renews its heartbeat; it expires after 15 s. */
export const heartbeatMs = 5_000

/** Registers this process as a worker. From now on it claims work under the id in `app.worker`. */
export async function registerProcess(app: App): Promise<void> {
  app.worker.id = await registerWorker(app.db, `${hostname()}:${process.pid}`)
}

/** Renews the heartbeat. If the worker had expired, its claims are lost, and it goes on under a new id. */
export async function renewHeartbeat(app: App): Promise<void> {
  if (await heartbeat(app.db, app.worker.id)) return
  await registerProcess(app)
  app.log.warn('this worker sent no heartbeat for 15 s and was registered again')
}

/** Does work that claims rows, without a queue. The process is a worker until the work ends. */
export async function asWorker(app: App, work: () => Promise<unknown>): Promise<void> {
  await registerProcess(app)
  const timer = setInterval(() => renewHeartbeat(app).catch(() => {}), heartbeatMs)
  try {
    await work()
  } finally {
    clearInterval(timer)
    await leaveWork(app)
  }
}
