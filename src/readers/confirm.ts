import type { App } from '../app.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { activate, preferencesLink } from './activate.ts'
import { mailWithinLimits } from './post-within-limits.ts'
import { cadences } from './rules/subscription.ts'
import { newNonce, verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { findSubscriber, lockSubscriber, rotateNonce, type Subscriber } from './store/subscribers.ts'
import { type Subscription, subscriptionsOf } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

/** `already`: the link has done its work. `expired`: too old or used before, a fresh one may be asked for. `invalid`: void. */
export type NotOpen = { kind: 'already' } | { kind: 'expired' } | { kind: 'invalid' }
export type Peeked = { kind: 'open'; email: string; subscriptions: Subscription[] } | NotOpen
export type Confirmed = { kind: 'confirmed'; subscriptions: Subscription[]; preferencesLink: string } | NotOpen

/** What the link would confirm. Changes nothing: mail scanners open every link. */
export async function peekConfirm(app: App, token: string): Promise<Peeked> {
  const seen = await examine(app, app.db, token, (id) => findSubscriber(app.db, id))
  if (seen.kind !== 'open') return seen
  return { kind: 'open', email: seen.subscriber.email, subscriptions: seen.pending }
}

/** Confirms the address and everything that waits for it, once. */
export async function confirm(app: App, token: string): Promise<Confirmed> {
  return app.db.transaction().execute(async (tx) => {
    const seen = await examine(app, tx, token, (id) => lockSubscriber(tx, id))
    if (seen.kind !== 'open') return seen
    const { id } = seen.subscriber
    const subscriptions = await activate(app, tx, id, cadences)
    await rotateNonce(tx, id, newNonce())
    await recordConsent(tx, {
      subscriberId: id,
      kind: 'confirmed',
      text: `Opened the confirmation link and pressed the button for ${namesOf(subscriptions)}.`,
      source: 'link',
      at: app.now(),
    })
    return { kind: 'confirmed', subscriptions, preferencesLink: preferencesLink(app, seen.subscriber) }
  })
}

/** Mails a fresh confirmation for a link that is too old, within the limits of an address; the answer does not tell. */
export async function renewConfirmation(app: App, token: string): Promise<{ kind: 'received' } | { kind: 'invalid' }> {
  const verdict = verifyToken(app.config.secretKeys, 'confirm', token, app.now())
  if (verdict.kind === 'invalid') return verdict
  await app.db.transaction().execute(async (tx) => {
    const subscriber = await lockSubscriber(tx, Number(verdict.subject))
    if (!subscriber || !(await awaits(tx, subscriber))) return
    await mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: subscriber.id })
  })
  return { kind: 'received' }
}

type Seen = { kind: 'open'; subscriber: Subscriber; pending: Subscription[] } | NotOpen

async function examine(
  app: App,
  db: Db,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<Seen> {
  const verdict = verifyToken(app.config.secretKeys, 'confirm', token, app.now())
  if (verdict.kind === 'invalid') return verdict
  const subscriber = await find(Number(verdict.subject))
  if (!subscriber || (await isSuppressed(db, subscriber.email))) return { kind: 'invalid' }
  const pending = await pendingOf(db, subscriber)
  if (pending.length === 0) return { kind: subscriber.state === 'active' ? 'already' : 'invalid' }
  const spent = verdict.kind === 'expired' || verdict.nonce !== subscriber.nonce
  return spent ? { kind: 'expired' } : { kind: 'open', subscriber, pending }
}

async function awaits(tx: Tx, subscriber: Subscriber): Promise<boolean> {
  if (await isSuppressed(tx, subscriber.email)) return false
  return (await pendingOf(tx, subscriber)).length > 0
}

async function pendingOf(db: Db, subscriber: Subscriber): Promise<Subscription[]> {
  const all = await subscriptionsOf(db, subscriber.id)
  return all.filter((subscription) => subscription.state === 'pending')
}

const namesOf = (subscriptions: Subscription[]) => subscriptions.map((one) => one.cadence).join(', ')
