import type { Config } from './config.ts'
import type { DkimSigner } from './delivery/message/dkim.ts'
import type { Outbox } from './delivery/smtp/outbox.ts'
import type { Renderer } from './editions/render.ts'
import type { Polling } from './feeds/polling.ts'
import type { Fetcher } from './http/fetch.ts'
import type { Db } from './platform/db/db.ts'
import type { Log } from './platform/log.ts'
import type { ReaderPool } from './threads/pool.ts'

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
  /** The queues of feeds to poll, and the recorder that writes polls together. */
  polling: Polling
  render: Renderer
  mail: Outbox
  /** Signs mail with DKIM, when a key is set and no relay does it. */
  signMail?: DkimSigner | undefined
  /** Under which id this process claims work; changes when it was taken for dead. */
  worker: { id: string }
  /** Where the sample feeds are served, while they are. */
  samples: { port?: number | undefined }
  /** What was noteworthy at the opening, for the person at the terminal. */
  notes: string[]
}

/** An open app, and how to leave it. */
export type OpenApp = { app: App; close(): Promise<void> }
