import { join } from 'node:path'
import type { App, OpenApp } from './app.ts'
import type { Config } from './config.ts'
import { dkimSigner } from './delivery/message/dkim.ts'
import { createMailboxServer } from './delivery/smtp/mailbox-server.ts'
import { createOutbox } from './delivery/smtp/outbox.ts'
import { keepMail } from './delivery/store/mailbox.ts'
import { createRenderer } from './editions/render.ts'
import { createPolling } from './feeds/polling.ts'
import { createFetcher } from './http/fetch.ts'
import { openDb, openLedgerDb } from './platform/db/db.ts'
import { keepDevSecret } from './platform/dev-secret.ts'
import { openEmbeddedPostgres } from './platform/embedded-postgres/open.ts'
import { createLog } from './platform/log.ts'
import { newSecretKey } from './readers/rules/token.ts'
import { createReaderPool } from './threads/pool.ts'

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
  const resources = {
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
      connections: config.smtpConnections,
      messagesPerConnection: config.smtpMessages,
    }),
    signMail: config.dkim && dkimSigner(config.dkim),
    worker: { id: '' },
    samples,
    notes: embedded?.notes ?? [],
    ...overrides,
  }
  // One object: polling uses the same resources as the app, also those that are replaced later.
  const app: App = Object.assign(resources, { polling: overrides.polling ?? createPolling(resources) })
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
