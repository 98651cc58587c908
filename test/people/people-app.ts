import type { App } from '../../src/app.ts'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { mailLinks } from '../../src/domain/mail-links.ts'
import { type SubscribeRequest, subscribeSchema } from '../../src/domain/subscription.ts'
import { newSecretKey } from '../../src/domain/token.ts'
import { findSubscriberByEmail, type Subscriber } from '../../src/store/subscribers.ts'
import { type Subscription, subscriptionsOf } from '../../src/store/subscriptions.ts'
import { createTestDb } from '../support/postgres.ts'

export const topics = ['security-guarantees', 'infrastructure-strikes', 'displacement']

const wish = (form: object): SubscribeRequest => subscribeSchema.parse(form)

/** Daily on all topics in Kyiv, alerts on two topics in New York, daily on displacement only. */
export const olena = wish({ email: 'olena@example.org', topics, cadence: 'daily', zone: 'Europe/Kiev' })
export const john = wish({
  email: 'john@example.com',
  topics: topics.slice(0, 2),
  cadence: 'alert',
  zone: 'US/Eastern',
})
export const mira = wish({
  email: 'mira@example.net',
  topics: ['displacement'],
  cadence: 'daily',
  zone: 'Europe/Warsaw',
})
export const form = { source: '203.0.113.7' }

/** An app on a database of its own, whose clock is moved by hand. */
export type People = {
  app: App
  /** Moves the clock forward. */
  later(time: Temporal.DurationLike): void
  letters(email: string): Promise<string[]>
  /** The token of a link in the newest mail of this reader. */
  token(email: string, link: 'confirm' | 'unsubscribe' | 'preferences'): Promise<string>
  /** The token to unsubscribe from one of the reader's subscriptions. */
  tokenFor(subscription: Subscription): string
  reader(email: string): Promise<Subscriber & { subscriptions: Subscription[] }>
  close(): Promise<void>
}

export async function openPeople(): Promise<People> {
  const own = await createTestDb()
  let now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const env = { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0' }
  const { app, close } = await openApp(readConfig(env), () => now, { db: own.db })
  const { secretKeys: keys, publicUrl } = app.config
  await app.db
    .insertInto('topics')
    .values(topics.map((slug, ordinal) => ({ slug, name: slug, description: slug, ordinal })))
    .execute()

  const mailsTo = (email: string) =>
    app.db
      .selectFrom('deliveries')
      .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
      .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
      .select(['editions.kind', 'deliveries.dated_at', 'deliveries.subscription_id'])
      .where('subscribers.email', '=', email)
      .orderBy('deliveries.id')
      .execute()
  const reader = async (email: string) => {
    const found = await findSubscriberByEmail(app.db, email)
    if (!found) throw new Error(`${email} is not there.`)
    return { ...found, subscriptions: await subscriptionsOf(app.db, found.id) }
  }
  const tokenOf = (url: string) => new URL(url).pathname.split('/').at(-1)!

  return {
    app,
    later: (time) => {
      now = now.add(time)
    },
    letters: async (email) => (await mailsTo(email)).map((mail) => mail.kind),
    token: async (email, link) => {
      const mail = (await mailsTo(email)).at(-1)
      const subscriber = await reader(email)
      return tokenOf(mailLinks({ keys, publicUrl, datedAt: mail?.dated_at ?? now, subscriber })[link])
    },
    tokenFor: ({ id, subscriber_id }) => {
      const subscriber = { id: subscriber_id, nonce: '0' }
      return tokenOf(mailLinks({ keys, publicUrl, datedAt: now, subscriber, subscriptionId: id }).unsubscribe)
    },
    reader,
    close: async () => {
      await close()
      await own.close()
    },
  }
}
