import { inviteAdmin } from '../../src/admin/sign-in.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { type MailLinks, mailLinks } from '../../src/readers/rules/mail-links.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { findSubscriberByEmail } from '../../src/readers/store/subscribers.ts'
import { subscriptionsOf } from '../../src/readers/store/subscriptions.ts'
import { createWeb, type WebOptions } from '../../src/web/server.ts'
import { createTestDb } from '../support/postgres.ts'

export const topics = [
  { slug: 'security-guarantees', name: 'Security guarantees', description: 'Who would defend whom.' },
  { slug: 'infrastructure-strikes', name: 'Infrastructure strikes', description: 'Attacks on power and water.' },
  { slug: 'displacement', name: 'Displacement', description: 'People who had to leave.' },
]
let others = 0
/** The same reader under an address of their own, for tests that share a site. */
export function another<T extends { email: string }>(reader: T): T {
  others += 1
  return { ...reader, email: reader.email.replace('@', `+${others}@`) }
}

type Fields = Record<string, string | number | string[]>
type Sent = { headers?: Record<string, string>; from?: string }

/** The pages over a database of their own, with a clock that is moved by hand. */
export type Site = {
  app: App
  get(path: string, sent?: Sent): Promise<Response>
  /** Sends a form as a browser would from our own page. */
  post(path: string, fields: Fields, sent?: Sent): Promise<Response>
  /** Sends exactly this, with no header added. */
  send(path: string, init: RequestInit): Promise<Response>
  later(time: Temporal.DurationLike): void
  /** Enters a reader with a recorded consent, or without one: then the confirmation is in the ledger. */
  enter(reader: SubscribeRequest, consent?: string): Promise<void>
  /** The links of a mail to this reader, as paths. */
  links(email: string): Promise<MailLinks>
  /** The Cookie header of a signed-in admin. */
  signIn(): Promise<{ cookie: string }>
  close(): Promise<void>
}

export async function openSite(env: Record<string, string> = {}, options: WebOptions = {}): Promise<Site> {
  const own = await createTestDb()
  let now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const basis = { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0' }
  const { app, close } = await openApp(readConfig({ ...basis, ...env }), () => now, { db: own.db })
  await app.db
    .insertInto('topics')
    .values(topics.map((topic, ordinal) => ({ ...topic, ordinal })))
    .execute()
  const web = createWeb(app, options)
  const ask = (path: string, init: RequestInit, from = '127.0.0.1') =>
    Promise.resolve(web.request(path, init, { incoming: { socket: { remoteAddress: from } } } as never))
  const post: Site['post'] = (path, fields, { headers, from } = {}) =>
    ask(path, { method: 'POST', body: formOf(fields), headers: { 'sec-fetch-site': 'same-origin', ...headers } }, from)
  return {
    app,
    get: (path, { headers, from } = {}) => ask(path, headers ? { headers } : {}, from),
    post,
    send: (path, init) => ask(path, init),
    later: (time) => {
      now = now.add(time)
    },
    enter: async (reader, consent) => {
      await addSubscriber(app, reader, { actor: 'cli', consent })
    },
    links: (email) => linksOf(app, email),
    signIn: async () => {
      const link = new URL(await inviteAdmin(app, 'admin@example.org', 'cli'))
      const answer = await post(link.pathname, {})
      return { cookie: answer.headers.get('set-cookie')!.split(';')[0]! }
    },
    close: async () => {
      await close()
      await own.close()
    },
  }
}

export function formOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  )
}

async function linksOf(app: App, email: string): Promise<MailLinks> {
  const subscriber = (await findSubscriberByEmail(app.db, email))!
  const [subscription] = await subscriptionsOf(app.db, subscriber.id)
  const { secretKeys: keys } = app.config
  return mailLinks({ keys, publicUrl: '', datedAt: app.now(), subscriber, subscriptionId: subscription?.id })
}
