import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { cadencesOf } from './rules/cadence-words.ts'
import { lifetimes } from './rules/lifetimes.ts'
import { unsubscribeSubject } from './rules/mail-links.ts'
import { newNonce, signToken, verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import {
  findSubscriber,
  lockSubscriber,
  retireSubscriber,
  rotateNonce,
  type Subscriber,
  undoRetire,
} from './store/subscribers.ts'
import {
  endSubscriptions,
  findSubscription,
  type Subscription,
  subscriptionsOf,
  undoEnd,
} from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

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

/** `undo` is the token with which the same person can take it back for an hour; undefined when nothing ended now that was confirmed. */
export type Unsubscribed = { kind: 'done'; ended: Subscription[]; undo?: string | undefined }

/**
 * Ends one subscription, or all. No mail that is not yet begun is sent once this returns. The link never expires, and a
 * second use changes nothing.
 */
export async function unsubscribe(app: App, token: string, scope: Scope): Promise<Unsubscribed | { kind: 'invalid' }> {
  return app.db.transaction().execute(async (tx) => {
    const target = await targetOf(app, tx, token, (reader) => lockSubscriber(tx, reader))
    if (target.kind === 'invalid') return target
    if (target.kind === 'done') return nothingEnded
    const { subscriber } = target
    const among = scope === 'this' && target.subscription ? target.subscription.id : 'all'
    const ended = await end(app, tx, subscriber, among)
    const canUndo = ended.some(({ confirmed_at }) => confirmed_at)
    return { kind: 'done', ended, undo: canUndo ? await undoToken(app, tx, subscriber.id) : undefined }
  })
}

const nothingEnded: Unsubscribed = { kind: 'done', ended: [] }

/** It stands on the page of who unsubscribes, never in a mail. It carries the new nonce, so that it works once. */
async function undoToken(app: App, tx: Tx, id: number): Promise<string | undefined> {
  const nonce = (await findSubscriber(tx, id))?.nonce
  const expiresAt = app.now().add(lifetimes.undo)
  return nonce
    ? signToken(app.config.secretKeys, { purpose: 'undo', subject: String(id), nonce, expiresAt })
    : undefined
}

/** Takes back an unsubscription as if it had not been: the subscriptions go on where they were. Works once, for an hour. */
export async function undoUnsubscribe(
  app: App,
  token: string,
): Promise<{ kind: 'undone'; subscriptions: Subscription[] } | { kind: 'expired' } | { kind: 'invalid' }> {
  const check = verifyToken(app.config.secretKeys, 'undo', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  return app.db.transaction().execute(async (tx) => {
    const subscriber = await lockSubscriber(tx, Number(check.subject))
    if (subscriber?.nonce !== check.nonce) return { kind: 'expired' }
    if (!subscriber || (await isSuppressed(tx, subscriber.email))) return { kind: 'invalid' }
    const subscriptions = await undoEnd(tx, subscriber.id, await lastEnd(tx, subscriber.id))
    if (subscriptions.length === 0) return { kind: 'expired' }
    await undoRetire(tx, subscriber.id)
    await rotateNonce(tx, subscriber.id, newNonce())
    const text = `Took back the end of ${cadencesOf(subscriptions)}.`
    await recordConsent(tx, { subscriberId: subscriber.id, kind: 'given', text, source: 'link', at: app.now() })
    return { kind: 'undone', subscriptions }
  })
}

/** When subscriptions of a reader ended last: the nonce of the token says that none ended since. */
async function lastEnd(tx: Tx, subscriberId: number): Promise<Temporal.Instant> {
  const ends = (await subscriptionsOf(tx, subscriberId)).flatMap(({ ended_at }) => ended_at ?? [])
  return ends.toSorted(Temporal.Instant.compare).at(-1) ?? Temporal.Instant.fromEpochMilliseconds(0)
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
    text: `Unsubscribed from ${cadencesOf(ended)}.`,
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
