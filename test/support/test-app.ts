import { jobs } from '../../jobs/index.ts'
import { prepareDatabase } from '../../src/admin/prepare-database.ts'
import type { App } from '../../src/app.ts'
import type { Roles } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import { createFetcher } from '../../src/http/fetch.ts'
import { openApp } from '../../src/open-app.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { serve } from '../../src/serve.ts'
import { createReaderPool } from '../../src/threads/pool.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import { freePort } from './free-port.ts'
import { createTestDb } from './postgres.ts'
import { type SmtpSink, startSmtpSink } from './smtp-server.ts'
import { registerForTest } from './workers.ts'

/** The app of a test, in this process, with a database of its own that has the topics of the program. */
export type TestApp = App & {
  clock: TestClock
  /** The mail server to which the app sends; only with the option `sink`. */
  readonly sink: SmtpSink
  /** A server for feeds, which the app takes for a public one; only with the option `feedServer`. */
  readonly feedServer: FeedServer
  /** Stops what runs and drops the database. */
  close(): Promise<void>
}

export type TestAppOptions = {
  /** Where the clock stands. Not given: at noon, or with roles it runs. */
  at?: Temporal.Instant | string
  /** Settings beside those that every test app has. */
  env?: Record<string, string>
  /** Resources to use instead of those of the program. */
  overrides?: Partial<App>
  /** Parts of the program to run. Without them this process only is a worker that can claim rows. */
  roles?: Roles
  sink?: boolean
  feedServer?: boolean
}

/** Where the clock of a test app stands if the test does not say: a Monday. */
export const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')

/** Opens an app for a test, which must close it. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { at, env = {}, overrides = {}, roles } = options
  const [database, sink, feedServer, port] = await Promise.all([
    createTestDb(),
    options.sink ? startSmtpSink() : undefined,
    options.feedServer ? startFeedServer() : undefined,
    roles?.web ? freePort() : undefined,
  ])
  const settings = {
    DATABASE_URL: database.url,
    SECRET_KEY: newSecretKey(),
    LOG_LEVEL: 'silent',
    SAMPLES: '0',
    ...(sink && { SMTP_URL: sink.url }),
    ...(port && { PORT: String(port) }),
    ...env,
  }
  const clock = createClock(at ?? (roles ? undefined : noon))
  const config = readConfig(settings)
  const { publicUrl: site, contact, fetchAllow: allow } = config
  const resources = {
    db: database.db,
    reader: sharedReader,
    ...(feedServer && { fetcher: createFetcher({ site, contact, allow, countsAsPublic: ['127.0.0.0/8'] }) }),
    ...overrides,
  }
  const { app, close } = await openApp(config, clock.now, resources)
  const stop = await start(app, roles)
  return withTestParts(app, {
    clock,
    sink,
    feedServer,
    async close() {
      await stop()
      await close()
      await Promise.all([database.close(), sink?.close(), feedServer?.close()])
    },
  })
}

/** Threads take half a second to start, so that all apps of a process share them. */
const sharedThreads = createReaderPool()
const sharedReader = { ...sharedThreads, close: async () => {} }

async function start(app: App, roles: Roles | undefined): Promise<() => Promise<void>> {
  if (roles) return (await serve(app, roles, jobs)).stop
  await prepareDatabase(app)
  app.worker.id = await registerForTest(app.db)
  return async () => {}
}

type Parts = Pick<TestApp, 'clock' | 'close'> & { sink: SmtpSink | undefined; feedServer: FeedServer | undefined }

/** Adds to the app, which stays the same object: the roles that run use it. */
function withTestParts(app: App, { clock, close, ...servers }: Parts): TestApp {
  const server = <Name extends keyof typeof servers>(name: Name) => ({
    get() {
      if (!servers[name]) throw new Error(`This test app has no ${name}: open it with { ${name}: true }.`)
      return servers[name]
    },
  })
  const parts = Object.assign(app, { clock, close })
  return Object.defineProperties(parts, { sink: server('sink'), feedServer: server('feedServer') }) as TestApp
}

/** The settings with which a command or another process uses the database and the mail server of an app. */
export function settingsOf({ config }: App): Record<string, string> {
  const { databaseUrl, secretKeys, smtpUrl } = config
  return {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKeys.join(','),
    SAMPLES: '0',
    ...(smtpUrl && { SMTP_URL: smtpUrl }),
  }
}

/** A clock that stands until a test moves it, or that runs until a test moves it. */
export type TestClock = {
  now(): Temporal.Instant
  /** Moves the clock to an instant. */
  at(instant: Temporal.Instant | string): void
  /** Moves the clock forward. */
  later(time: Temporal.DurationLike): void
}

function createClock(begin: Temporal.Instant | string | undefined): TestClock {
  let standing = begin && Temporal.Instant.from(begin)
  const now = (): Temporal.Instant => standing || Temporal.Now.instant()
  return {
    now,
    at(instant) {
      standing = Temporal.Instant.from(instant)
    },
    later(time) {
      standing = now().add(time)
    },
  }
}
