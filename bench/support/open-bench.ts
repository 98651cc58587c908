import { prepareDatabase } from '../../src/admin/prepare-database.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Fetcher } from '../../src/http/fetch.ts'
import { openApp } from '../../src/open-app.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { createDataFolder, type DataFolder } from './data-folder.ts'

/** The program on a database of its own, with a clock that is moved by hand. */
export type Bench = { app: App; clock: { now: Temporal.Instant }; close(): Promise<void> }

/** `given`: a data folder that is not empty. */
export async function openBench(resources: { fetcher?: Fetcher } = {}, given?: DataFolder): Promise<Bench> {
  const folder = given ?? (await createDataFolder())
  const clock = { now: Temporal.Instant.from('2026-11-23T12:00:00Z') }
  const env = { SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0', DATA_DIR: folder.path }
  const { app, close } = await openApp(readConfig(env), () => clock.now, resources)
  await prepareDatabase(app)
  app.worker.id = await registerWorker(app.db, 'bench')
  return {
    app,
    clock,
    async close() {
      await close()
      await folder.remove()
    },
  }
}
