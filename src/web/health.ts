import type { App } from '../app.ts'
import { countAlive } from '../platform/db/lease.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
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
    return reason ? c.json({ ready: false, reason }, 503) : c.json({ ready: true, ...state })
  })
  return web
}

type Readiness = { workers: number; pending: string[] }

async function readiness(app: App): Promise<Readiness> {
  const pending = await pendingMigrations(app.db)
  return { pending, workers: pending.length ? 0 : await countAlive(app.db) }
}

function unreadyReason({ workers, pending }: Readiness, options: { needsWorker?: boolean }): string | undefined {
  if (pending.length) return `the database schema lacks ${pending.join(', ')}`
  return options.needsWorker && workers === 0 ? 'no worker is alive' : undefined
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`the database did not answer within ${ms / 1000} s`)), ms)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
