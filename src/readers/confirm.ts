import type { App } from '../app.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { type MailedWithinLimits, mailWithinLimits } from './confirmation-mail.ts'
import { cadencesOf } from './rules/cadence-words.ts'
import { mailLinks } from './rules/mail-links.ts'
import { newNonce, verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { unmarkErased } from './store/erased-addresses.ts'
import {
  activateSubscriber,
  findSubscriber,
  lockSubscriber,
  rotateNonce,
  type Subscriber,
  shownEmail,
} from './store/subscribers.ts'
import { activatePending, type Subscription, subscriptionsOf } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

/** `already`: everything is confirmed. `expired`: too old or used before; a fresh link may be requested. `invalid`: void. */
export type NotOpen = { kind: 'already' } | { kind: 'expired' } | { kind: 'invalid' }
export type Peeked = { kind: 'open'; email: string; subscriptions: Subscription[] } | NotOpen
export type Confirmed = { kind: 'confirmed'; subscriptions: Subscription[]; preferencesLink: string } | NotOpen

/** What the link would confirm. Changes nothing: mail scanners open every link. */
export async function peekConfirm(app: App, token: string): Promise<Peeked> {
  const link = await checkLink(app, app.db, token, (id) => findSubscriber(app.db, id))
  if (link.kind !== 'open') return link
  return { kind: 'open', email: shownEmail(link.subscriber), subscriptions: link.pending }
}

/** Confirms the address and activates its pending subscriptions, once. */
export async function confirm(app: App, token: string): Promise<Confirmed> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, tx, token, (id) => lockSubscriber(tx, id))
    if (link.kind !== 'open') return link
    const { subscriber } = link
    const subscriptions = await activate(app, tx, subscriber.id, 'all')
    await rotateNonce(tx, subscriber.id, newNonce())
    await unmarkErased(tx, app.config.secretKeys, subscriber.email)
    await recordConsent(tx, {
      subscriberId: subscriber.id,
      kind: 'confirmed',
      text: `Opened the confirmation link and pressed the button for ${cadencesOf(subscriptions)}.`,
      source: 'link',
      at: app.now(),
    })
    return { kind: 'confirmed', subscriptions, preferencesLink: preferencesLink(app, subscriber) }
  })
}

/**
 * Mails a fresh confirmation for an expired link, within the limits of the address. The link came by mail to the address, so that its
 * holder hears what happens. `nothing`: nothing waits for a confirmation, or the address gets no mail.
 */
export async function renewConfirmation(
  app: App,
  token: string,
): Promise<MailedWithinLimits | { kind: 'nothing' } | { kind: 'invalid' }> {
  const check = verifyToken(app.config.secretKeys, 'confirm', token, app.now())
  if (check.kind === 'invalid') return check
  return app.db.transaction().execute(async (tx) => {
    const subscriber = await lockSubscriber(tx, Number(check.subject))
    if (!subscriber || (await isSuppressed(tx, subscriber.email))) return { kind: 'nothing' }
    if ((await pendingOf(tx, subscriber)).length === 0) return { kind: 'nothing' }
    return mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: subscriber.id })
  })
}

/**
 * Activates a subscriber and their pending subscriptions, or those `among` them, in the transaction that holds their lock.
 * Everything committed until now gets its position first, so that a subscription starts exactly here: it gets nothing
 * twice and misses nothing.
 */
export async function activate(
  app: App,
  tx: Tx,
  subscriberId: number,
  among: number[] | 'all',
): Promise<Subscription[]> {
  const position = await numberMatches(tx)
  await activateSubscriber(tx, subscriberId, app.now())
  return activatePending(tx, subscriberId, among, position, app.now())
}

type CheckedLink = { kind: 'open'; subscriber: Subscriber; pending: Subscription[] } | NotOpen

async function checkLink(
  app: App,
  db: Db,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<CheckedLink> {
  const check = verifyToken(app.config.secretKeys, 'confirm', token, app.now())
  if (check.kind === 'invalid') return check
  const subscriber = await find(Number(check.subject))
  if (!subscriber || (await isSuppressed(db, subscriber.email))) return { kind: 'invalid' }
  const pending = await pendingOf(db, subscriber)
  if (pending.length === 0) return { kind: subscriber.state === 'active' ? 'already' : 'invalid' }
  const isUsable = check.kind === 'valid' && check.nonce === subscriber.nonce
  return isUsable ? { kind: 'open', subscriber, pending } : { kind: 'expired' }
}

async function pendingOf(db: Db, subscriber: Subscriber): Promise<Subscription[]> {
  const all = await subscriptionsOf(db, subscriber.id)
  return all.filter((subscription) => subscription.state === 'pending')
}

/** A link to the reader's preferences, valid for 30 days. */
function preferencesLink(app: App, subscriber: Subscriber): string {
  const { secretKeys: keys, publicUrl } = app.config
  return mailLinks({ keys, publicUrl, datedAt: app.now(), subscriber }).preferences
}
