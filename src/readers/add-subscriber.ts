import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { inDryRun, type Tx } from '../platform/db/db.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { activate } from './confirm.ts'
import { consentText } from './rules/consent.ts'
import type { SubscribeRequest } from './rules/subscription.ts'
import { newNonce } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { wasErased } from './store/erased-addresses.ts'
import { claimSubscriber, type Subscriber } from './store/subscribers.ts'
import { activeSubscriptionsOf, sameAmong, savePendingSubscription, subscriptionsOf } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'
import { requestSubscription } from './subscribe.ts'

/**
 * `activated`: on the consent that was given. `mailed`: waits for the confirmation that was mailed. `waiting`: waits for a
 * confirmation, but the limits of the address allow no mail now. `already`: has the same subscription. `suppressed`: never mailed.
 * `erased`: its reader was erased, and only the reader may sign up again.
 */
export type Added = { kind: 'activated' | 'mailed' | 'waiting' | 'already' | 'suppressed' | 'erased' }

/**
 * Adds a subscription for an admin. With `consent`, the words of a consent that was given elsewhere, it is active at once.
 * Without it, and for a reader who has ended such a subscription, a confirmation is mailed. With `dryRun` nothing is stored.
 * @throws UserError when a topic does not exist
 */
export async function addSubscriber(
  app: App,
  request: SubscribeRequest,
  { actor, consent, dryRun }: { actor: string; consent?: string | undefined; dryRun?: boolean | undefined },
): Promise<Added> {
  await requireKnownTopics(app.db, [request])
  const add = async (tx: Tx): Promise<Added> => {
    if (await isSuppressed(tx, request.email)) return { kind: 'suppressed' }
    const erased = await wasErased(tx, app.config.secretKeys, [request.email])
    if (erased.size > 0) return { kind: 'erased' }
    const subscriber = await claimSubscriber(tx, request.email, newNonce(), app.now())
    if (await hasSame(tx, subscriber, request)) return { kind: 'already' }
    const added = await addSubscription(app, tx, subscriber, request, { actor, consent })
    const subject = `subscriber:${subscriber.id}`
    const detail = { outcome: added.kind, cadence: request.cadence, topics: request.topics }
    const event = { actor, action: 'add subscriber', subject, reason: consent ?? '', detail }
    await recordAudit(app, tx, event, request.email)
    return added
  }
  return dryRun ? inDryRun(app.db, add) : app.db.transaction().execute(add)
}

/** Whether the subscriber has an active subscription that brings the same; another one of its cadence is added beside it. */
async function hasSame(tx: Tx, { id, state }: Subscriber, request: SubscribeRequest): Promise<boolean> {
  if (state !== 'active') return false
  return sameAmong(await activeSubscriptionsOf(tx, id), request) !== undefined
}

async function addSubscription(
  app: App,
  tx: Tx,
  subscriber: Subscriber,
  request: SubscribeRequest,
  { actor, consent }: { actor: string; consent?: string | undefined },
): Promise<Added> {
  const { id } = subscriber
  if (!consent || (await hasLeft(tx, subscriber, request))) {
    const requested = await requestSubscription(app, tx, subscriber, request, { source: actor, at: app.now() })
    return { kind: requested.kind === 'mailed' ? 'mailed' : 'waiting' }
  }
  const added = await savePendingSubscription(tx, id, request, app.now())
  await activate(app, tx, id, [added])
  await recordConsent(tx, {
    subscriberId: id,
    kind: 'given',
    text: consentText(request, consent),
    source: actor,
    at: app.now(),
  })
  return { kind: 'activated' }
}

/**
 * Whether the reader has left, or has ended a subscription of this cadence: an earlier consent does not bring it back. One who left
 * and signed up again has confirmed before and waits.
 */
async function hasLeft(tx: Tx, { id, state, confirmed_at }: Subscriber, request: SubscribeRequest): Promise<boolean> {
  if (state === 'gone' || (state === 'pending' && confirmed_at)) return true
  const own = await subscriptionsOf(tx, id)
  return own.some(({ cadence, ended_at }) => cadence === request.cadence && ended_at)
}
