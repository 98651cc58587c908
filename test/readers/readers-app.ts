import { sql } from 'kysely'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import type { EditionKind } from '../../src/platform/db/tables/editions.ts'
import { type MailLinks, mailLinks } from '../../src/readers/rules/mail-links.ts'
import { type SubscribeRequest, subscribeSchema } from '../../src/readers/rules/subscription.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { findSubscriberByEmail, type Subscriber } from '../../src/readers/store/subscribers.ts'
import { type Subscription, subscriptionsOf } from '../../src/readers/store/subscriptions.ts'
import { createTestDb } from '../support/postgres.ts'

export const topics = ['security-guarantees', 'infrastructure-strikes', 'displacement']

const request = (fields: object): SubscribeRequest => subscribeSchema.parse(fields)

/** Daily on all topics in Kyiv, alerts on two topics in New York, daily on displacement only. */
export const olena = request({ email: 'olena@example.org', topics, cadence: 'daily', zone: 'Europe/Kyiv' })
export const john = request({
  email: 'john@example.com',
  topics: topics.slice(0, 2),
  cadence: 'alert',
  zone: 'US/Eastern',
})
export const mira = request({
  email: 'mira@example.net',
  topics: ['displacement'],
  cadence: 'daily',
  zone: 'Europe/Warsaw',
})
export const form = { source: '203.0.113.7' }

/** An app on a database of its own; the test moves its clock. */
export type People = {
  app: App
  /** Moves the clock forward. */
  later(time: Temporal.DurationLike): void
  /** The kinds of mail that the ledger holds for a reader, oldest first. */
  mails(email: string): Promise<EditionKind[]>
  /** The token of a link in the newest mail of a reader, or in a mail of now if there is none. */
  token(email: string, link: keyof MailLinks): Promise<string>
  /** The token to unsubscribe from one of the reader's subscriptions. */
  tokenFor(subscription: Subscription): string
  reader(email: string): Promise<Subscriber & { subscriptions: Subscription[] }>
  /** Deletes everybody, for the next test. The clock keeps its time. */
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openPeople(): Promise<People> {
  const own = await createTestDb()
  let now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const env = { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0' }
  const { app, close } = await openApp(readConfig(env), () => now, { db: own.db })
  await enterTopics(app)
  return {
    app,
    later: (time) => {
      now = now.add(time)
    },
    mails: async (email) => (await mailsTo(app, email)).map((mail) => mail.kind),
    token: (email, link) => newestToken(app, email, link),
    tokenFor: ({ id, subscriber_id }) => tokensOf(app, { id: subscriber_id, nonce: '0' }, now, id).unsubscribe,
    reader: (email) => readerOf(app, email),
    empty: () => empty(app),
    close: async () => {
      await close()
      await own.close()
    },
  }
}

async function enterTopics({ db }: App): Promise<void> {
  const rows = topics.map((slug, ordinal) => ({ slug, name: slug, description: slug, ordinal }))
  await db.insertInto('topics').values(rows).execute()
}

function mailsTo({ db }: App, email: string) {
  return db
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
    .select(['editions.kind', 'deliveries.dated_at'])
    .where('subscribers.email', '=', email)
    .orderBy('deliveries.id')
    .execute()
}

async function newestToken(app: App, email: string, link: keyof MailLinks): Promise<string> {
  const mail = (await mailsTo(app, email)).at(-1)
  return tokensOf(app, await readerOf(app, email), mail?.dated_at ?? app.now())[link]
}

function tokensOf(
  app: App,
  subscriber: { id: number; nonce: string },
  datedAt: Temporal.Instant,
  subscriptionId?: number,
) {
  const { secretKeys: keys, publicUrl } = app.config
  const links = mailLinks({ keys, publicUrl, datedAt, subscriber, subscriptionId })
  const tokens = Object.entries(links).map(([name, url]) => [name, new URL(url).pathname.split('/').at(-1)!])
  return Object.fromEntries(tokens) as MailLinks
}

async function readerOf({ db }: App, email: string) {
  const found = await findSubscriberByEmail(db, email)
  if (!found) throw new Error(`There is no subscriber ${email}.`)
  return { ...found, subscriptions: await subscriptionsOf(db, found.id) }
}

async function empty({ db }: App): Promise<void> {
  await sql`truncate subscribers, editions, feeds, admins, sign_ups, suppressions, audit_events, settings
    restart identity cascade`.execute(db)
  await sql`update position_counter set value = 0`.execute(db)
}
