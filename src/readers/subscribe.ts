import type { App } from '../app.ts'
import { addressKey } from '../platform/address.ts'
import { batcherPerDb } from '../platform/batcher.ts'
import type { Tx } from '../platform/db/db.ts'
import { admit, type EarlierRequest, type SignUpSource } from './admit-sign-up.ts'
import { type MailedWithinLimits, mailWithinLimits } from './confirmation-mail.ts'
import { consentText } from './rules/consent.ts'
import { recordedSource } from './rules/sign-up-limits.ts'
import type { SubscribeRequest } from './rules/subscription.ts'
import { newNonce } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { claimSubscriber, reopenSubscriber, type Subscriber } from './store/subscribers.ts'
import { savePendingSubscription, subscriptionsOf } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

/**
 * What the sender of a form hears. `received`: a mail goes out if the address may get one: within so many minutes where many people
 * sign up. `earlier`: the same network asked for this address before. `busy`: the network is over its limits `until` then.
 */
export type FormOutcome =
  | { kind: 'received'; earlier?: EarlierRequest | undefined; withinMinutes?: number | undefined }
  | { kind: 'busy'; until: Temporal.Instant }

/**
 * Takes a sign-up from the form. The outcome is the same for a new, a known and a suppressed address: only a mail to the
 * address tells whether it is subscribed.
 * @throws UserError when a topic does not exist
 */
export async function subscribe(
  app: App,
  request: SubscribeRequest,
  { source, honeypot }: SignUpSource,
): Promise<FormOutcome> {
  if (honeypot) return { kind: 'received' }
  const admission = await admit(app, { email: request.email, source, signUp: request })
  if (admission.kind !== 'open') return admission
  await batcherOf(app)({ request, from: { source: recordedSource(source), at: app.now() } })
  return { kind: 'received', earlier: admission.earlier }
}

type AdmittedSignUp = { request: SubscribeRequest; from: RequestFrom }
const maxBatch = 10
/** Sign-ups of one minute share the edition of their mails: one after the other on one connection, they do not wait for its lock on all. */
const batcherOf = batcherPerDb(signUpAll, maxBatch)

/** In the order of their addresses, so that two web servers do not wait for each other. */
function signUpAll(app: App, signUps: AdmittedSignUp[]): Promise<undefined[]> {
  const ordered = signUps.toSorted((a, b) => (addressKey(a.request.email) < addressKey(b.request.email) ? -1 : 1))
  return app.db.transaction().execute(async (tx) => {
    for (const { request, from } of ordered) await signUp(app, tx, request, from)
    return []
  })
}

/** From where a request comes, a network or an admin, and when it came. */
export type RequestFrom = { source: string; at: Temporal.Instant }

/** Does what a sign-up asks for, in a transaction: nothing for a suppressed address, and a link for a known subscription. */
export async function signUp(app: App, tx: Tx, request: SubscribeRequest, from: RequestFrom): Promise<void> {
  if (await isSuppressed(tx, request.email)) return
  const subscriber = await claimSubscriber(tx, request.email, newNonce(), app.now())
  if (await follows(tx, subscriber, request)) {
    await mailWithinLimits(app, tx, { kind: 'link', subscriberId: subscriber.id })
    return
  }
  await requestSubscription(app, tx, subscriber, request, from)
}

/** Saves a request as a pending subscription and mails its confirmation, unless the limits of the address allow no mail now. */
export async function requestSubscription(
  app: App,
  tx: Tx,
  subscriber: Subscriber,
  request: SubscribeRequest,
  { source, at }: RequestFrom,
): Promise<MailedWithinLimits> {
  const { id } = subscriber
  if (subscriber.state === 'gone') await reopenSubscriber(tx, id)
  await savePendingSubscription(tx, id, request, app.now())
  await recordConsent(tx, { subscriberId: id, kind: 'requested', text: consentText(request), source, at })
  return mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: id })
}

/** True when the subscriber has an active subscription of this cadence. */
async function follows(tx: Tx, subscriber: Subscriber, { cadence }: SubscribeRequest): Promise<boolean> {
  if (subscriber.state !== 'active') return false
  const subscriptions = await subscriptionsOf(tx, subscriber.id)
  return subscriptions.some((subscription) => subscription.cadence === cadence && subscription.state === 'active')
}
