import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App, OpenApp } from './app.ts'
import type { Config } from './config.ts'
import { dkimSigner } from './delivery/message/dkim.ts'
import { ehloNameOf } from './delivery/smtp/ehlo-name.ts'
import { createMailboxServer } from './delivery/smtp/mailbox-server.ts'
import { createOutbox, type RelayAddress } from './delivery/smtp/outbox.ts'
import { keepMail } from './delivery/store/mailbox.ts'
import { createRenderer } from './editions/render.ts'
import { createPolling } from './feeds/polling.ts'
import { createBodyBudget } from './http/body-budget.ts'
import { createFetcher } from './http/fetch.ts'
import { createClockGuard } from './platform/clock-guard.ts'
import { openDb, openLedgerDb } from './platform/db/db.ts'
import { createDataFolder } from './platform/embedded-postgres/home.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from './platform/embedded-postgres/open.ts'
import { createLog, type Log } from './platform/log.ts'
import { newSecretKey } from './readers/rules/token.ts'
import { createReaderPool } from './threads/pool.ts'

/** Opens every resource. Tests replace some of them by `overrides`. A failure closes the database that was opened. */
export async function openApp(
  given: Config,
  now: () => Temporal.Instant,
  overrides: Partial<App> = {},
): Promise<OpenApp> {
  const log = overrides.log ?? createLog(given.logLevel)
  const database = await findDatabase(given, log)
  try {
    return await openOn(database, given, now, { ...overrides, log })
  } catch (error) {
    await database.close()
    throw error
  }
}

type Overrides = Partial<App> & { log: Log }

/** Opens the other resources. What can fail comes first: threads and connections start only after it. */
async function openOn(
  { url: databaseUrl, notes, close: closeDatabase }: EmbeddedPostgres,
  given: Config,
  clock: () => Temporal.Instant,
  overrides: Overrides,
): Promise<OpenApp> {
  const clockGuard = createClockGuard(clock)
  const { now } = clockGuard
  const secretKeys = await secretKeysOf(given)
  const databaseDirectUrl = given.databaseDirectUrl ?? databaseUrl
  const auditKeys = [...given.auditKeys, ...secretKeys]
  const config = { ...given, databaseUrl, databaseDirectUrl, secretKeys, auditKeys }
  const signMail = config.dkim && dkimSigner(config.dkim)
  const { db, pool } = openDb(databaseUrl)
  const ledger = openLedgerDb(databaseUrl)
  const samples = { port: undefined }
  const bodies = createBodyBudget()
  const mailbox = createMailboxServer((taken) => keepMail(db, { ...taken, at: now() }))
  const outbox = (relays: RelayAddress[]) =>
    createOutbox({
      relays,
      ehloName: ehloNameOf(config.publicUrl),
      connections: config.smtpConnections,
      messagesPerConnection: config.smtpMessages,
    })
  const mail = overrides.mail ?? outbox(config.smtpUrls.length ? config.smtpUrls : [() => mailbox.url()])
  const resources = {
    config,
    db,
    ledger: ledger.db,
    now,
    clockGuard,
    bodies,
    fetcher: createFetcher({
      site: config.publicUrl,
      contact: config.contact,
      allow: config.fetchAllow,
      bodies,
      ...(config.samples && { samplesPort: () => samples.port }),
    }),
    reader: createReaderPool({}),
    render: createRenderer({ templatesDir: join(import.meta.dirname, '..', 'templates') }),
    mail,
    alarmMail: config.alertSmtpUrl ? outbox([config.alertSmtpUrl]) : mail,
    signMail,
    worker: { id: '' },
    samples,
    notes,
    ...overrides,
  }
  // One object: polling uses the same resources as the app, also those that are replaced later.
  const app: App = Object.assign(resources, { polling: overrides.polling ?? createPolling(resources) })
  return {
    app,
    async close() {
      app.mail.close(true)
      app.alarmMail.close(true)
      await mailbox.close()
      await Promise.allSettled([app.fetcher.close(), app.reader.close(), pool.end(), ledger.pool.end()])
      await closeDatabase()
    },
  }
}

/** The database that is set, or the embedded one. */
async function findDatabase({ databaseUrl, dataDir }: Config, log: Log): Promise<EmbeddedPostgres> {
  if (databaseUrl) return { url: databaseUrl, notes: [], close: async () => {} }
  return openEmbeddedPostgres({ dataDir, log })
}

/** The keys that are set. Outside production there may be none; then one is created and kept in the data folder. */
async function secretKeysOf({ secretKeys, dataDir }: Config): Promise<string[]> {
  if (secretKeys.length) return secretKeys
  const file = join(dataDir, 'secret-key')
  await createDataFolder(dataDir, 0o700)
  await writeFile(file, `${newSecretKey()}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return [(await readFile(file, 'utf8')).trim()]
}
