import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { mailWithinLimits } from './confirmation-mail.ts'
import { consentText } from './rules/consent.ts'
import { limitedSource, recordedSource } from './rules/sign-up-limits.ts'
import type { SubscribeRequest } from './rules/subscription.ts'
import { newNonce } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { admitSignUp } from './store/sign-ups.ts'
import { claimSubscriber, reopenSubscriber, type Subscriber } from './store/subscribers.ts'
import { savePendingSubscription, subscriptionsOf } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

/** Where a form came from: the client's address, and the value of the field that only robots fill in. */
export type SignUpSource = { source: string; honeypot?: string }

/**
 * Takes a sign-up from the form. The outcome is the same for a new, a known and a suppressed address: only a mail to the
 * address tells whether it is subscribed. `busy`: over the limits of sign-ups.
 * @throws UserError when a topic does not exist
 */
export async function subscribe(
  app: App,
  request: SubscribeRequest,
  { source, honeypot }: SignUpSource,
): Promise<{ kind: 'received' } | { kind: 'busy' }> {
  if (honeypot) return { kind: 'received' }
  await requireKnownTopics(app.db, [request])
  if (!(await admitSignUp(app.db, limitedSource(source), app.now()))) return { kind: 'busy' }
  await app.db.transaction().execute((tx) => signUp(app, tx, request, recordedSource(source)))
  return { kind: 'received' }
}

async function signUp(app: App, tx: Tx, request: SubscribeRequest, source: string): Promise<void> {
  if (await isSuppressed(tx, request.email)) return
  const subscriber = await claimSubscriber(tx, request.email, newNonce(), app.now())
  if (await follows(tx, subscriber, request)) {
    await mailWithinLimits(app, tx, { kind: 'link', subscriberId: subscriber.id })
    return
  }
  await requestSubscription(app, tx, subscriber, request, source)
}

/** Saves a request as a pending subscription and mails its confirmation; false when the limits allow no mail now. */
export async function requestSubscription(
  app: App,
  tx: Tx,
  subscriber: Subscriber,
  request: SubscribeRequest,
  source: string,
): Promise<boolean> {
  const { id } = subscriber
  if (subscriber.state === 'gone') await reopenSubscriber(tx, id)
  await savePendingSubscription(tx, id, request, app.now())
  await recordConsent(tx, { subscriberId: id, kind: 'requested', text: consentText(request), source, at: app.now() })
  return mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: id })
}

/** True when the subscriber has an active subscription of this cadence. */
async function follows(tx: Tx, subscriber: Subscriber, { cadence }: SubscribeRequest): Promise<boolean> {
  if (subscriber.state !== 'active') return false
  const subscriptions = await subscriptionsOf(tx, subscriber.id)
  return subscriptions.some((subscription) => subscription.cadence === cadence && subscription.state === 'active')
}
