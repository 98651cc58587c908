import type { Config } from './config.ts'
import type { DkimSigner } from './delivery/message/dkim.ts'
import type { Outbox } from './delivery/smtp/outbox.ts'
import type { Renderer } from './editions/render.ts'
import type { Polling } from './feeds/polling.ts'
import type { BodyBudget } from './http/body-budget.ts'
import type { Fetcher } from './http/fetch.ts'
import type { ClockGuard } from './platform/clock-guard.ts'
import type { Db } from './platform/db/db.ts'
import type { Log } from './platform/log.ts'
import type { ReaderPool } from './threads/pool.ts'

/** The resources of the program: a plain record, built once. It cannot enqueue jobs; only the worker can. */
export type App = {
  /**
   * The settings, with the URL of the embedded database where none is set. `databaseDirectUrl` is for what needs a session of
   * PostgreSQL: listening, the queue in the database, and `search_path`.
   */
  config: Config & { databaseUrl: string; databaseDirectUrl: string }
  db: Db
  /** A second pool on the same database, for the statements that run with every mail. */
  ledger: Db
  now: () => Temporal.Instant
  /** Knows whether the clock of this machine is right. A worker asks it before it begins anything. */
  clockGuard: ClockGuard
  log: Log
  fetcher: Fetcher
  /** The memory that the bodies of feeds and pages may take. */
  bodies: BodyBudget
  reader: ReaderPool
  /** The queues of feeds to poll, and the recorder that writes polls together. */
  polling: Polling
  render: Renderer
  mail: Outbox
  /** The way out for the mails about alarms: a relay of their own where one is set. */
  alarmMail: Outbox
  /** Signs mail with DKIM; undefined when the relay does it. */
  signMail?: DkimSigner | undefined
  /** The id under which this process claims work. It changes when the worker had expired. */
  worker: { id: string }
  /** The port of the server for the sample feeds, while it runs. */
  samples: { port?: number | undefined }
  /** Sentences from the start for the person at the terminal. */
  notes: string[]
}

/** An open app. `close` releases its resources. */
export type OpenApp = { app: App; close(): Promise<void> }
