import type { Config } from './config.ts'
import type { DkimSigner } from './domain/mime/dkim.ts'
import type { Fetcher } from './io/fetch.ts'
import type { Log } from './io/log.ts'
import type { Outbox } from './io/outbox.ts'
import type { ReaderPool } from './io/reader-pool.ts'
import type { Renderer } from './io/render.ts'
import type { Db } from './store/db.ts'

/** What everything runs on: a plain record, built once. It has no way to enqueue: only a job has. */
export type App = {
  config: Config
  db: Db
  /** The same database, for the statements that run with every mail. */
  ledger: Db
  now: () => Temporal.Instant
  log: Log
  fetcher: Fetcher
  reader: ReaderPool
  render: Renderer
  mail: Outbox
  /** Signs mail with DKIM, when a key is set and no relay does it. */
  signMail?: DkimSigner
  /** Under which id this process claims work; changes when it was taken for dead. */
  worker: { id: string }
  /** Where the sample feeds are served, while they are. */
  samples: { port?: number }
  /** What was noteworthy at the opening, for the person at the terminal. */
  notes: string[]
}

/** An open app, and how to leave it. */
export type OpenApp = { app: App; close(): Promise<void> }
