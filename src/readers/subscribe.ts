import type { App } from '../app.ts'
import { mailDomainOf } from '../platform/address.ts'
import type { Tx } from '../platform/db/db.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { admitSignUp, type EarlierRequest, type SignUpSource } from './admit-sign-up.ts'
import { type MailedWithinLimits, mailWithinLimits } from './confirmation-mail.ts'
import { consentText } from './rules/consent.ts'
import { minutesBehind, recordedSource } from './rules/sign-up-limits.ts'
import type { SubscribeRequest } from './rules/subscription.ts'
import { newNonce } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { countQueued } from './store/requested-mails.ts'
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
  await requireKnownTopics(app.db, [request])
  return requestMail(app, { source }, request.email, (tx, queueFor) =>
    signUp(app, tx, request, { source: recordedSource(source), queueFor }),
  )
}

/** Lets a form ask for a mail to an address, within the limits of its source. In a rush the mail waits in a queue. */
export async function requestMail(
  app: App,
  source: SignUpSource,
  email: string,
  mail: (tx: Tx, queueFor: string | undefined) => Promise<unknown>,
): Promise<FormOutcome> {
  const admission = await admitSignUp(app, source, email)
  if (admission.kind === 'busy') return admission
  const domain = mailDomainOf(email)
  return app.db.transaction().execute(async (tx) => {
    await mail(tx, admission.isRush ? domain : undefined)
    const withinMinutes = admission.isRush ? minutesBehind(await countQueued(tx, domain)) : undefined
    return { kind: 'received', earlier: admission.earlier, withinMinutes }
  })
}

/** From where a request comes: a network or an admin; in a rush its mail waits in the queue of a mail domain. */
type RequestFrom = { source: string; queueFor?: string | undefined }

async function signUp(app: App, tx: Tx, request: SubscribeRequest, from: RequestFrom): Promise<void> {
  if (await isSuppressed(tx, request.email)) return
  const subscriber = await claimSubscriber(tx, request.email, newNonce(), app.now())
  if (await follows(tx, subscriber, request)) {
    await mailWithinLimits(app, tx, { kind: 'link', subscriberId: subscriber.id }, from.queueFor)
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
  { source, queueFor }: RequestFrom,
): Promise<MailedWithinLimits> {
  const { id } = subscriber
  if (subscriber.state === 'gone') await reopenSubscriber(tx, id)
  await savePendingSubscription(tx, id, request, app.now())
  await recordConsent(tx, { subscriberId: id, kind: 'requested', text: consentText(request), source, at: app.now() })
  return mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: id }, queueFor)
}

/** True when the subscriber has an active subscription of this cadence. */
async function follows(tx: Tx, subscriber: Subscriber, { cadence }: SubscribeRequest): Promise<boolean> {
  if (subscriber.state !== 'active') return false
  const subscriptions = await subscriptionsOf(tx, subscriber.id)
  return subscriptions.some((subscription) => subscription.cadence === cadence && subscription.state === 'active')
}
