import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { unsubscribeSubject } from './rules/mail-links.ts'
import { newNonce, verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { findSubscriber, lockSubscriber, retireSubscriber, rotateNonce, type Subscriber } from './store/subscribers.ts'
import { endSubscriptions, findSubscription, type Subscription, subscriptionsOf } from './store/subscriptions.ts'

/** `this`: the subscription that the mail was for (all, when it was for none). */
export type Scope = 'this' | 'all'

/** `this` is null when it has ended, or when the mail was for no single one; `others` are those that go on beside it. */
export type PeekedUnsubscribe =
  | { kind: 'open'; address: string; this: Subscription | null; others: Subscription[] }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** What there is to end. Changes nothing: mail scanners open every link. The address is masked: mails are forwarded. */
export async function peekUnsubscribe(app: App, token: string): Promise<PeekedUnsubscribe> {
  const target = await targetOf(app, app.db, token)
  if (target.kind !== 'target') return target
  const subscriber = await findSubscriber(app.db, target.subscriberId)
  const running = (await subscriptionsOf(app.db, target.subscriberId)).filter((one) => one.state !== 'ended')
  if (!subscriber || running.length === 0) return { kind: 'done' }
  const own = running.find((one) => one.id === target.subscription?.id) ?? null
  return {
    kind: 'open',
    address: maskAddress(subscriber.email),
    this: own,
    others: running.filter((one) => one !== own),
  }
}

/**
 * Ends one subscription, or all. In force when this returns: a mail that is not begun is not sent. Twice is as good as
 * once, and the link works for ever.
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
    const only = scope === 'this' && target.subscription ? [target.subscription.cadence] : undefined
    return { kind: 'done', ended: await end(app, tx, subscriber, only) }
  })
}

type Target =
  | { kind: 'target'; subscriberId: number; subscription: Subscription | null }
  | { kind: 'done' }
  | { kind: 'invalid' }

/** A link to what was erased since is as good as done. */
async function targetOf(app: App, db: Db, token: string): Promise<Target> {
  const verdict = verifyToken(app.config.secretKeys, 'unsubscribe', token, app.now())
  const subject = verdict.kind === 'valid' ? unsubscribeSubject(verdict.subject) : null
  if (!subject) return { kind: 'invalid' }
  if ('subscriber' in subject) return { kind: 'target', subscriberId: subject.subscriber, subscription: null }
  const subscription = await findSubscription(db, subject.subscription)
  if (!subscription) return { kind: 'done' }
  return { kind: 'target', subscriberId: subscription.subscriber_id, subscription }
}

async function end(
  app: App,
  tx: Tx,
  subscriber: Subscriber,
  only: Subscription['cadence'][] | undefined,
): Promise<Subscription[]> {
  const ended = await endSubscriptions(tx, subscriber.id, app.now(), only)
  if (ended.length === 0) return []
  await settle(app, tx, subscriber)
  await recordConsent(tx, {
    subscriberId: subscriber.id,
    kind: 'withdrawn',
    text: `Unsubscribed from ${ended.map((one) => one.cadence).join(', ')}.`,
    source: 'link',
    at: app.now(),
  })
  return ended
}

/** Confirmations still in the mail are void; who has nothing active any more is gone, with all that was only wished. */
export async function settle(app: App, tx: Tx, subscriber: Subscriber): Promise<void> {
  await rotateNonce(tx, subscriber.id, newNonce())
  const left = await subscriptionsOf(tx, subscriber.id)
  if (left.some((one) => one.state === 'active')) return
  await endSubscriptions(tx, subscriber.id, app.now())
  await retireSubscriber(tx, subscriber.id, app.now())
}
