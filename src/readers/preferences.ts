import type { App } from '../app.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { requireKnownTopics } from '../reading/known-topics.ts'
import { activate } from './activate.ts'
import { mailWithinLimits } from './post-within-limits.ts'
import { limitedSource } from './rules/client-network.ts'
import { consentText } from './rules/consent.ts'
import type { Choice, Preferences } from './rules/subscription.ts'
import { cadences } from './rules/subscription.ts'
import { verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { admitSignUp } from './store/sign-ups.ts'
import { findSubscriber, findSubscriberByEmail, lockSubscriber, type Subscriber } from './store/subscribers.ts'
import {
  changeSubscription,
  endSubscriptions,
  type Subscription,
  savePendingSubscription,
  subscriptionsOf,
} from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'
import type { SignUpSource } from './subscribe.ts'
import { settle } from './unsubscribe.ts'

export { preferencesSchema } from './rules/subscription.ts'

/** `inactive`: this address is not subscribed (any more); the form is the way back. `expired`: ask for a fresh link. */
export type NoPreferences = { kind: 'inactive' } | { kind: 'expired' } | { kind: 'invalid' }
export type PeekedPreferences = { kind: 'open'; email: string; subscriptions: Subscription[] } | NoPreferences
export type SavedPreferences = { kind: 'saved'; subscriptions: Subscription[] } | NoPreferences

/** The reader's subscriptions as they stand: the active ones. Changes nothing. */
export async function peekPreferences(app: App, token: string): Promise<PeekedPreferences> {
  const seen = await examine(app, token, (id) => findSubscriber(app.db, id))
  if (seen.kind !== 'open') return seen
  return { kind: 'open', email: seen.subscriber.email, subscriptions: await activeOf(app.db, seen.subscriber.id) }
}

/**
 * Makes the reader's subscriptions what they wish: a cadence that is not named ends, a new one is active at once from here
 * on (the address is confirmed), a kept one keeps its place.
 * @throws UsageError when a topic does not exist.
 */
export async function savePreferences(app: App, token: string, wished: Preferences): Promise<SavedPreferences> {
  await requireKnownTopics(app.db, wished.subscriptions)
  return app.db.transaction().execute(async (tx) => {
    const seen = await examine(app, token, (id) => lockSubscriber(tx, id))
    if (seen.kind !== 'open') return seen
    await replace(app, tx, seen.subscriber, wished.subscriptions)
    return { kind: 'saved', subscriptions: await activeOf(tx, seen.subscriber.id) }
  })
}

/** Mails a fresh link to this page, or the confirmation to who has yet to confirm; the answer does not tell which. */
export async function requestLink(
  app: App,
  email: string,
  { source, honeypot }: SignUpSource,
): Promise<{ kind: 'received' } | { kind: 'busy' }> {
  if (honeypot) return { kind: 'received' }
  if (!(await admitSignUp(app.db, limitedSource(source), app.now()))) return { kind: 'busy' }
  await app.db.transaction().execute((tx) => postFreshLink(app, tx, email))
  return { kind: 'received' }
}

async function postFreshLink(app: App, tx: Tx, email: string): Promise<void> {
  if (await isSuppressed(tx, email)) return
  const found = await findSubscriberByEmail(tx, email)
  const subscriber = found && (await lockSubscriber(tx, found.id))
  if (!subscriber || subscriber.state === 'gone') return
  const kind = subscriber.state === 'active' ? 'link' : 'confirmation'
  await mailWithinLimits(app, tx, { kind, subscriberId: subscriber.id })
}

async function examine(
  app: App,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<{ kind: 'open'; subscriber: Subscriber } | NoPreferences> {
  const verdict = verifyToken(app.config.secretKeys, 'preferences', token, app.now())
  if (verdict.kind !== 'valid') return { kind: verdict.kind }
  const subscriber = await find(Number(verdict.subject))
  if (subscriber?.state !== 'active') return { kind: 'inactive' }
  return { kind: 'open', subscriber }
}

async function replace(app: App, tx: Tx, subscriber: Subscriber, choices: Choice[]): Promise<void> {
  const { id } = subscriber
  const held = await activeOf(tx, id)
  const dropped = cadences.filter((cadence) => !choices.some((choice) => choice.cadence === cadence))
  const ended = await endSubscriptions(tx, id, app.now(), dropped)
  const added = choices.filter((choice) => !held.some((one) => one.cadence === choice.cadence))
  for (const one of held) {
    const choice = choices.find((wanted) => wanted.cadence === one.cadence)
    if (choice) await changeSubscription(tx, one.id, choice)
  }
  for (const choice of added) await savePendingSubscription(tx, id, choice, app.now())
  if (added.length > 0) await activate(app, tx, id, cadences)
  if (ended.length > 0) await settle(app, tx, subscriber)
  await remember(app, tx, id, choices)
}

async function remember(app: App, tx: Tx, subscriberId: number, choices: Choice[]): Promise<void> {
  const said = choices.map((choice) => consentText(choice, 'Saved by my own link.'))
  await recordConsent(tx, {
    subscriberId,
    kind: choices.length > 0 ? 'changed' : 'withdrawn',
    text: said.join('\n') || 'Ended every subscription by my own link.',
    source: 'link',
    at: app.now(),
  })
}

async function activeOf(db: Db, subscriberId: number): Promise<Subscription[]> {
  const all = await subscriptionsOf(db, subscriberId)
  return all.filter((one) => one.state === 'active')
}
