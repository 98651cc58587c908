import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { unsubscribeSubject } from './rules/mail-links.ts'
import { newNonce, verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { findSubscriber, lockSubscriber, retireSubscriber, rotateNonce, type Subscriber } from './store/subscribers.ts'
import { endSubscriptions, findSubscription, type Subscription, subscriptionsOf } from './store/subscriptions.ts'

/** `this`: the subscription that the mail was for; all, when it was for none. */
export type Scope = 'this' | 'all'

/**
 * `this` is null when it has ended, or when the mail was for none. `others` is how many other subscriptions run; `all` are those
 * of a reader whose mail was for none. A link of one subscription tells nothing of the others: mails get forwarded.
 */
export type PeekedUnsubscribe =
  | { kind: 'open'; address: string; this: Subscription | null; others: number; all: Subscription[] }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** What the link would end. Changes nothing: mail scanners open every link. The address is masked: mails get forwarded. */
export async function peekUnsubscribe(app: App, token: string): Promise<PeekedUnsubscribe> {
  const target = await targetOf(app, app.db, token, (reader) => findSubscriber(app.db, reader))
  if (target.kind !== 'target') return target
  const { subscriber } = target
  const running = (await subscriptionsOf(app.db, subscriber.id)).filter(({ state }) => state !== 'ended')
  if (running.length === 0) return { kind: 'done' }
  const own = running.find(({ id }) => id === target.subscription?.id) ?? null
  const others = running.length - (own ? 1 : 0)
  return {
    kind: 'open',
    address: maskAddress(subscriber.email),
    this: own,
    others,
    all: target.subscription ? [] : running,
  }
}

/**
 * Ends one subscription, or all. No mail that is not yet begun is sent once this returns. The link never expires, and a
 * second use changes nothing.
 */
export async function unsubscribe(
  app: App,
  token: string,
  scope: Scope,
): Promise<{ kind: 'done'; ended: Subscription[] } | { kind: 'invalid' }> {
  return app.db.transaction().execute(async (tx) => {
    const target = await targetOf(app, tx, token, (reader) => lockSubscriber(tx, reader))
    if (target.kind === 'invalid') return target
    if (target.kind === 'done') return { kind: 'done', ended: [] }
    const among = scope === 'this' && target.subscription ? target.subscription.id : 'all'
    return { kind: 'done', ended: await end(app, tx, target.subscriber, among) }
  })
}

type Target =
  | { kind: 'target'; subscriber: Subscriber; subscription: Subscription | null }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** What a token is for; `done` when its subscription or reader was deleted since. It needs the reader's own nonce. */
async function targetOf(
  app: App,
  db: Db,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<Target> {
  const check = verifyToken(app.config.secretKeys, 'unsubscribe', token, app.now())
  if (check.kind !== 'valid') return { kind: 'invalid' }
  const subject = unsubscribeSubject(check.subject)
  if (!subject) return { kind: 'invalid' }
  const subscription = 'subscription' in subject ? await findSubscription(db, subject.subscription) : null
  const subscriber = await find('subscriber' in subject ? subject.subscriber : (subscription?.subscriber_id ?? 0))
  if (!subscriber) return { kind: 'done' }
  if (check.nonce !== subscriber.link_nonce) return { kind: 'invalid' }
  return { kind: 'target', subscriber, subscription: subscription ?? null }
}

async function end(app: App, tx: Tx, subscriber: Subscriber, among: number | 'all'): Promise<Subscription[]> {
  const ended = await endSubscriptions(tx, subscriber.id, app.now(), among)
  if (ended.length === 0) return []
  await settle(app, tx, subscriber)
  await recordConsent(tx, {
    subscriberId: subscriber.id,
    kind: 'withdrawn',
    text: `Unsubscribed from ${ended.map(({ cadence }) => cadence).join(', ')}.`,
    source: 'link',
    at: app.now(),
  })
  return ended
}

/** Voids unused confirmation links. A subscriber without an active subscription is gone, and what is pending ends too. */
export async function settle(app: App, tx: Tx, subscriber: Subscriber): Promise<void> {
  await rotateNonce(tx, subscriber.id, newNonce())
  const subscriptions = await subscriptionsOf(tx, subscriber.id)
  if (subscriptions.some(({ state }) => state === 'active')) return
  await endSubscriptions(tx, subscriber.id, app.now())
  await retireSubscriber(tx, subscriber.id, app.now())
}
