import { join } from 'node:path'
import type { Config } from './config.ts'
import { type DkimSigner, dkimSigner } from './domain/mime/dkim.ts'
import { newSecretKey } from './domain/token.ts'
import { keepDevSecret } from './io/dev-secret.ts'
import { openEmbeddedPostgres } from './io/embedded-postgres.ts'
import { createFetcher, type Fetcher } from './io/fetch.ts'
import { createLog, type Log } from './io/log.ts'
import { createMailboxServer } from './io/mailbox-server.ts'
import { createOutbox, type Outbox } from './io/outbox.ts'
import { createReaderPool, type ReaderPool } from './io/reader-pool.ts'
import { createRenderer, type Renderer } from './io/render.ts'
import { type Db, openDb, openLedgerDb } from './store/db.ts'
import { keepMail } from './store/mailbox.ts'

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

/** Opens every resource; tests pass their own clock, mail or database. */
export async function openApp(
  given: Config,
  now: () => Temporal.Instant,
  overrides: Partial<App> = {},
): Promise<OpenApp> {
  const log = overrides.log ?? createLog(given.logLevel)
  const embedded = given.databaseUrl ? undefined : await openEmbeddedPostgres({ dataDir: given.dataDir, log })
  const config = await completed({ ...given, databaseUrl: given.databaseUrl ?? embedded!.url })
  const { db, pool } = openDb(config.databaseUrl!)
  const ledger = openLedgerDb(config.databaseUrl!)
  const samples = { port: undefined }
  const mailbox = createMailboxServer((mail) => keepMail(db, { ...mail, at: now() }))
  const app: App = {
    config,
    db,
    ledger: ledger.db,
    now,
    log,
    fetcher: createFetcher({
      userAgent: `Sitrep/0.1 (+${config.publicUrl}; ${config.contact})`,
      allow: config.fetchAllow,
      ...(config.samples && { samplesPort: () => samples.port }),
    }),
    reader: createReaderPool({}),
    render: createRenderer({ templatesDir: join(import.meta.dirname, '..', 'templates') }),
    mail: createOutbox({
      relays: config.smtpUrls.length ? config.smtpUrls : [() => mailbox.url()],
      ehloName: new URL(config.publicUrl).hostname,
      lines: config.smtpConnections,
      messagesPerLine: config.smtpMessages,
    }),
    signMail: config.dkim && dkimSigner(config.dkim),
    worker: { id: '' },
    samples,
    notes: embedded?.notes ?? [],
    ...overrides,
  }
  return {
    app,
    async close() {
      app.mail.close(true)
      await mailbox.close()
      await Promise.allSettled([app.fetcher.close(), app.reader.close(), pool.end(), ledger.pool.end()])
      await embedded?.close()
    },
  }
}

/** Outside production a secret key is made when none is given, and kept with the data. */
async function completed(config: Config): Promise<Config> {
  if (config.secretKeys.length) return config
  return { ...config, secretKeys: [await keepDevSecret(config.dataDir, newSecretKey())] }
}
