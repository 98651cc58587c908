import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { endedLines, mailNotice } from './notice-of-change.ts'
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

/**
 * `undo` is the token with which the same person can take it back for an hour; undefined when nothing ended now that was confirmed.
 * `told`: a mail tells the reader of it.
 */
export type Unsubscribed = { kind: 'done'; ended: Subscription[]; undo?: string | undefined; told?: boolean }

/** Who ends it: a person on the page, or a mail program on the reader's behalf (RFC 8058). */
type EndedBy = 'person' | 'program'

/**
 * Ends one subscription, or all. No mail that is not yet begun is sent once this returns. The link never expires, and a
 * second use changes nothing. A mail tells the reader of what a person ended: the link may have been forwarded.
 */
export async function unsubscribe(
  app: App,
  token: string,
  scope: Scope,
  by: EndedBy = 'program',
): Promise<Unsubscribed | { kind: 'invalid' }> {
  return app.db.transaction().execute(async (tx) => {
    const target = await targetOf(app, tx, token, (reader) => lockSubscriber(tx, reader))
    if (target.kind === 'invalid') return target
    if (target.kind === 'done') return nothingEnded
    const { subscriber } = target
    const among = scope === 'this' && target.subscription ? target.subscription.id : 'all'
    const ended = await end(app, tx, subscriber, among)
    const confirmed = ended.filter(({ confirmed_at }) => confirmed_at)
    if (confirmed.length === 0) return { ...nothingEnded, ended }
    const lines = by === 'person' ? await endedLines(tx, confirmed) : []
    const told = by === 'person' && (await mailNotice(app, tx, subscriber.id, lines, { by: 'link', undo: true }))
    return { kind: 'done', ended, undo: await undoToken(app, tx, subscriber.id), told }
  })
}

const nothingEnded: Unsubscribed = { kind: 'done', ended: [] }

/** It stands on the page of who unsubscribes. It carries the new nonce, so that it works once. */
async function undoToken(app: App, tx: Tx, id: number): Promise<string | undefined> {
  const nonce = (await findSubscriber(tx, id))?.nonce
  const expiresAt = app.now().add(lifetimes.undo)
  return nonce
    ? signToken(app.config.secretKeys, { purpose: 'undo', subject: String(id), nonce, expiresAt })
    : undefined
}

/** `expired`: too old, used before, or something else ended since. */
type NoUndo = { kind: 'expired' } | { kind: 'invalid' }

/** What the link in the notice of an end would take back. Changes nothing. */
export async function peekUndo(
  app: App,
  token: string,
): Promise<{ kind: 'open'; address: string; subscriptions: Subscription[] } | NoUndo> {
  const found = await undoable(app, app.db, token, (id) => findSubscriber(app.db, id))
  if (found.kind !== 'open') return found
  return { kind: 'open', address: maskAddress(found.subscriber.email), subscriptions: found.subscriptions }
}

/** Takes back an unsubscription as if it had not been: the subscriptions go on where they were. Works once. */
export async function undoUnsubscribe(
  app: App,
  token: string,
): Promise<{ kind: 'undone'; subscriptions: Subscription[] } | NoUndo> {
  return app.db.transaction().execute(async (tx) => {
    const found = await undoable(app, tx, token, (id) => lockSubscriber(tx, id))
    if (found.kind !== 'open') return found
    const { subscriber, endedAt } = found
    const subscriptions = await undoEnd(tx, subscriber.id, endedAt)
    await undoRetire(tx, subscriber.id)
    await rotateNonce(tx, subscriber.id, newNonce())
    const text = `Took back the end of ${cadencesOf(subscriptions)}.`
    await recordConsent(tx, { subscriberId: subscriber.id, kind: 'given', text, source: 'link', at: app.now() })
    return { kind: 'undone', subscriptions }
  })
}

type Undoable = { kind: 'open'; subscriber: Subscriber; subscriptions: Subscription[]; endedAt: Temporal.Instant }

/** The subscriptions that ended last and had been confirmed. The nonce of the token says that none ended since. */
async function undoable(
  app: App,
  db: Db,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<Undoable | NoUndo> {
  const check = verifyToken(app.config.secretKeys, 'undo', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const subscriber = await find(Number(check.subject))
  if (subscriber?.nonce !== check.nonce) return { kind: 'expired' }
  if (!subscriber || (await isSuppressed(db, subscriber.email))) return { kind: 'invalid' }
  const all = await subscriptionsOf(db, subscriber.id)
  const endedAt = all
    .flatMap(({ ended_at }) => ended_at ?? [])
    .toSorted(Temporal.Instant.compare)
    .at(-1)
  const subscriptions = all.filter((one) => endedAt && one.confirmed_at && one.ended_at?.equals(endedAt))
  return endedAt && subscriptions.length ? { kind: 'open', subscriber, subscriptions, endedAt } : { kind: 'expired' }
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
