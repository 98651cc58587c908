import type { App } from '../app.ts'
import { countAlive } from '../platform/db/lease.ts'
import { schemaProblem, schemaState } from '../platform/db/migrate.ts'
import { writeProblem } from '../platform/db/write-problem.ts'
import { type Routes, routes } from './context.ts'
import { keptValue } from './kept-value.ts'

const timeoutMs = 3_000
const notKept = { fresh: new Temporal.Duration(), stale: new Temporal.Duration() }

/**
 * GET /livez: 200 while this process answers. GET /readyz: 200 when the database has the schema that we need and, where
 * this process is to run a worker, one is alive; else 503 and the reason.
 */
export function healthRoutes(app: App, options: { needsWorker?: boolean }): Routes {
  const web = routes()
  // Requests at the same time share one answer: anybody may ask, and each answer is a write.
  const readiness = keptValue(
    app,
    () => readinessOf(app),
    () => false,
    notKept,
  )
  web.get('/livez', (c) => c.json({ alive: true }))
  web.get('/readyz', async (c) => {
    const state = await within(timeoutMs, readiness()).catch((error: Error) => ({ reason: error.message }))
    const reason = 'reason' in state ? state.reason : unreadyReason(state, options)
    return reason
      ? c.json({ ready: false, reason }, 503)
      : c.json({ ready: true, workers: 'workers' in state ? state.workers : 0 })
  })
  return web
}

type Readiness = { workers: number; problem: string | null }

async function readinessOf({ db }: App): Promise<Readiness> {
  const problem = schemaProblem(await schemaState(db)) ?? (await writeProblem(db)) ?? null
  return { problem, workers: problem ? 0 : await countAlive(db) }
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
