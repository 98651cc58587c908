import type { App } from '../app.ts'
import type { Db } from '../platform/db/db.ts'
import { countAlive } from '../platform/db/lease.ts'
import { schemaProblem, schemaState } from '../platform/db/migrate.ts'
import { writeSetting } from '../platform/db/settings.ts'
import { type Routes, routes } from './context.ts'

const timeoutMs = 3_000

/**
 * GET /livez: 200 while this process answers. GET /readyz: 200 when the database has the schema that we need and, where
 * this process is to run a worker, one is alive; else 503 and the reason.
 */
export function healthRoutes(app: App, options: { needsWorker?: boolean }): Routes {
  const web = routes()
  web.get('/livez', (c) => c.json({ alive: true }))
  web.get('/readyz', async (c) => {
    const state = await within(timeoutMs, readiness(app)).catch((error: Error) => ({ reason: error.message }))
    const reason = 'reason' in state ? state.reason : unreadyReason(state, options)
    return reason
      ? c.json({ ready: false, reason }, 503)
      : c.json({ ready: true, workers: 'workers' in state ? state.workers : 0 })
  })
  return web
}

type Readiness = { workers: number; problem: string | null }

async function readiness({ db }: App): Promise<Readiness> {
  const problem = schemaProblem(await schemaState(db)) ?? (await whyNotWritable(db))
  return { problem, workers: problem ? 0 : await countAlive(db) }
}

/** A standby and a full disk refuse writes while they answer reads. */
async function whyNotWritable(db: Db): Promise<string | null> {
  try {
    await writeSetting(db, 'writable_checked', true)
    return null
  } catch (error) {
    return `the database takes no writes: ${(error as Error).message}`
  }
}

function unreadyReason({ workers, problem }: Readiness, options: { needsWorker?: boolean }): string | undefined {
  if (problem) return problem
  return options.needsWorker && workers === 0 ? 'no worker is alive' : undefined
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`the database did not answer within ${ms / 1000} s`)), ms)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
