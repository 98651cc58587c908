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

/** `this` is null when it has ended, or when the mail was for none. `others` are the reader's other running subscriptions. */
export type PeekedUnsubscribe =
  | { kind: 'open'; address: string; this: Subscription | null; others: Subscription[] }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** What the link would end. Changes nothing: mail scanners open every link. The address is masked: mails get forwarded. */
export async function peekUnsubscribe(app: App, token: string): Promise<PeekedUnsubscribe> {
  const target = await targetOf(app, app.db, token)
  if (target.kind !== 'target') return target
  const subscriber = await findSubscriber(app.db, target.subscriberId)
  const running = (await subscriptionsOf(app.db, target.subscriberId)).filter(({ state }) => state !== 'ended')
  if (!subscriber || running.length === 0) return { kind: 'done' }
  const own = running.find(({ id }) => id === target.subscription?.id) ?? null
  return {
    kind: 'open',
    address: maskAddress(subscriber.email),
    this: own,
    others: running.filter((subscription) => subscription !== own),
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
    const target = await targetOf(app, tx, token)
    if (target.kind === 'invalid') return target
    if (target.kind === 'done') return { kind: 'done', ended: [] }
    const subscriber = await lockSubscriber(tx, target.subscriberId)
    if (!subscriber) return { kind: 'done', ended: [] }
    const among = scope === 'this' && target.subscription ? target.subscription.id : 'all'
    return { kind: 'done', ended: await end(app, tx, subscriber, among) }
  })
}

type Target =
  | { kind: 'target'; subscriberId: number; subscription: Subscription | null }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** What a token is for; `done` when its subscription was deleted since. */
async function targetOf(app: App, db: Db, token: string): Promise<Target> {
  const check = verifyToken(app.config.secretKeys, 'unsubscribe', token, app.now())
  const subject = check.kind === 'valid' ? unsubscribeSubject(check.subject) : null
  if (!subject) return { kind: 'invalid' }
  if ('subscriber' in subject) return { kind: 'target', subscriberId: subject.subscriber, subscription: null }
  const subscription = await findSubscription(db, subject.subscription)
  if (!subscription) return { kind: 'done' }
  return { kind: 'target', subscriberId: subscription.subscriber_id, subscription }
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
