import type { App } from '../../src/app.ts'
import { verpAddress } from '../../src/delivery/bounces/verp.ts'
import type { EditionKind } from '../../src/platform/db/tables/editions.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { addOwnSubscription, changeOwnSubscription, endOwnSubscriptions } from '../../src/readers/own-subscriptions.ts'
import { type MailLinks, type MailLinksOf, mailLinks } from '../../src/readers/rules/mail-links.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { findSubscriberByEmail, type Subscriber } from '../../src/readers/store/subscribers.ts'
import { type Subscription, subscriptionsOf } from '../../src/readers/store/subscriptions.ts'
import { suppress } from '../../src/readers/store/suppressions.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'

/** Enters readers who have agreed already: they are active at once. */
export async function join(app: App, ...readers: SubscribeRequest[]): Promise<void> {
  for (const reader of readers) await addSubscriber(app, reader, { actor: 'test', consent: 'in person' })
}

/** Enters a reader who has agreed and then unsubscribed from everything. */
export async function joinAndLeave(app: App, reader: SubscribeRequest): Promise<void> {
  await join(app, reader)
  await unsubscribe(app, await tokenOf(app, reader.email, 'unsubscribe'), 'all')
}

/** Makes the reader's subscription of the cadence of a choice what it says, as the preferences page does; a new one where there is none. */
export async function choose(app: App, { email, ...choice }: SubscribeRequest): Promise<string> {
  const token = await tokenOf(app, email, 'preferences')
  const { subscriptions } = await readerOf(app, email)
  const own = subscriptions.find(({ cadence, state }) => cadence === choice.cadence && state === 'active')
  const saved = own
    ? await changeOwnSubscription(app, token, own.id, choice)
    : await addOwnSubscription(app, token, choice)
  return saved.kind
}

/** Ends all subscriptions of a reader, as the preferences page does. */
export async function leave(app: App, email: string): Promise<void> {
  await endOwnSubscriptions(app, await tokenOf(app, email, 'preferences'), 'all')
}

/** Suppresses an address, of a reader or not, as after a complaint. */
export async function suppressAddress(app: App, email: string): Promise<void> {
  const subscriber = (await findSubscriberByEmail(app.db, email))?.id ?? null
  const suppression = { email, subscriber, reason: 'complaint', words: 'abuse' } as const
  await app.db.transaction().execute((tx) => suppress(tx, suppression, app.now()))
}

/** A reader with all subscriptions. */
export async function readerOf({ db }: App, email: string): Promise<Subscriber & { subscriptions: Subscription[] }> {
  const found = await findSubscriberByEmail(db, email)
  if (!found) throw new Error(`There is no subscriber ${email}.`)
  return { ...found, subscriptions: await subscriptionsOf(db, found.id) }
}

/** The mails to a reader that are in the ledger, oldest first. */
export function mailsTo({ db }: App, email: string): Promise<{ kind: EditionKind; dated_at: Temporal.Instant }[]> {
  return db
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
    .select(['editions.kind', 'deliveries.dated_at'])
    .where('subscribers.email', '=', email)
    .orderBy('deliveries.id')
    .execute()
}

/** The kinds of the mails to a reader, oldest first. */
export const kindsTo = async (app: App, email: string): Promise<EditionKind[]> =>
  (await mailsTo(app, email)).map(({ kind }) => kind)

/** The links of a mail to a reader about the first subscription, as paths. */
export async function linksInMail(app: App, email: string): Promise<MailLinks> {
  const { subscriptions, ...subscriber } = await readerOf(app, email)
  const { secretKeys: keys } = app.config
  return mailLinks({ keys, publicUrl: '', datedAt: app.now(), subscriber, subscriptionId: subscriptions[0]?.id })
}

/** The same links, with the one to all preferences that a reader gets on request. */
export async function linksOf(app: App, email: string): Promise<MailLinks> {
  const { subscriptions: _, ...subscriber } = await readerOf(app, email)
  const { preferences } = mailLinks({ keys: app.config.secretKeys, publicUrl: '', datedAt: app.now(), subscriber })
  return { ...(await linksInMail(app, email)), preferences }
}

/** The token of a link in the newest mail to a reader, or in a mail of now if there is none. */
export async function tokenOf(app: App, email: string, link: keyof MailLinks): Promise<string> {
  const mail = (await mailsTo(app, email)).at(-1)
  return tokensOf(app, await readerOf(app, email), mail?.dated_at ?? app.now())[link]
}

/** The token to unsubscribe from one of a reader's subscriptions. */
export async function unsubscribeTokenOf(app: App, { id, subscriber_id }: Subscription): Promise<string> {
  const reader = await app.db
    .selectFrom('subscribers')
    .selectAll()
    .where('id', '=', subscriber_id)
    .executeTakeFirstOrThrow()
  return tokensOf(app, reader, app.now(), id).unsubscribe
}

/** The envelope sender of a delivery, to which its bounces come. */
export async function bounceAddressOf(app: App, delivery: number): Promise<string> {
  const marked = await app.db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['d.id', 'p.link_nonce'])
    .where('d.id', '=', delivery)
    .executeTakeFirstOrThrow()
  return verpAddress(app.config.secretKeys, marked, 'bounces.example.org')
}

function tokensOf(
  app: App,
  subscriber: MailLinksOf['subscriber'],
  datedAt: Temporal.Instant,
  subscriptionId?: number,
): MailLinks {
  const { secretKeys: keys, publicUrl } = app.config
  const links = mailLinks({ keys, publicUrl, datedAt, subscriber, subscriptionId })
  const tokens = Object.entries(links).map(([name, url]) => [name, new URL(url).pathname.split('/').at(-1)!])
  return Object.fromEntries(tokens) as MailLinks
}

/** The bounce addresses of an edition's mails to the first readers, by their ids. */
export async function bounceAddressesOf(app: App, edition: number, readers: number): Promise<string[]> {
  const mails = await app.db
    .selectFrom('deliveries')
    .select('id')
    .where('edition_id', '=', edition)
    .where('subscriber_id', '<=', readers)
    .execute()
  return Promise.all(mails.map(({ id }) => bounceAddressOf(app, id)))
}
