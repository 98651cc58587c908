import { jobs } from '../../jobs/index.ts'
import type { App } from '../../src/app.ts'
import type { Roles } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { serve } from '../../src/serve.ts'
import { freePort } from './free-port.ts'
import { createTestDb } from './postgres.ts'

/** The whole program in this process, on a database of its own, with a clock that a test moves. */
export type TestApp = {
  app: App
  url: string
  clock: { now: Temporal.Instant }
  close(): Promise<void>
}

/** Starts it; `env` adds settings, `roles` leaves a part out. The clock stands where `at` says, or runs. */
export async function startApp({
  env = {},
  roles = { web: true, worker: true },
  at,
}: {
  env?: Record<string, string>
  roles?: Roles
  at?: string
} = {}): Promise<TestApp> {
  const own = await createTestDb()
  const port = await freePort()
  const settings = {
    DATABASE_URL: own.url,
    SECRET_KEY: newSecretKey(),
    LOG_LEVEL: 'silent',
    SAMPLES: '0',
    PORT: String(port),
  }
  const clock = { now: at ? Temporal.Instant.from(at) : Temporal.Now.instant() }
  const now = at ? () => clock.now : () => Temporal.Now.instant()
  const { app, close } = await openApp(readConfig({ ...settings, ...env }), now)
  const serving = await serve(app, roles, jobs)
  return {
    app,
    url: `http://localhost:${port}`,
    clock,
    async close() {
      await serving.stop()
      await close()
      await own.close()
    },
  }
}

/** Asks until the answer is there. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, what: string, ms = 20_000): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
