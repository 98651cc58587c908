import type { App } from '../app.ts'
import { decideWaitsAgain } from '../editions/store/alert-waits.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { activate } from './confirm.ts'
import { mailWithinLimits } from './confirmation-mail.ts'
import { privateFeedPath } from './private-feed.ts'
import { consentText } from './rules/consent.ts'
import { labelLink } from './rules/mail-links.ts'
import { limitedSource } from './rules/sign-up-limits.ts'
import { type Choice, cadences, type Preferences } from './rules/subscription.ts'
import { verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { type Mute, mutesOf, removeMute } from './store/mutes.ts'
import { admitSignUp } from './store/sign-ups.ts'
import {
  findSubscriber,
  findSubscriberByEmail,
  lockSubscriber,
  rotateFeedNonce,
  type Subscriber,
} from './store/subscribers.ts'
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

/** `inactive`: the address has no active subscription; the sign-up form is the way back. `expired`: request a fresh link. */
export type NoPreferences = { kind: 'inactive' } | { kind: 'expired' } | { kind: 'invalid' }
/** `feed` is the path of the reader's own Atom feed, and `label` that of the page on which to say what is wrong with a story. */
export type PeekedPreferences =
  | { kind: 'open'; email: string; subscriptions: Subscription[]; feed: string; label: string; muted: Mute[] }
  | NoPreferences
export type SavedPreferences = { kind: 'saved'; subscriptions: Subscription[] } | NoPreferences

/** The reader's active subscriptions. Changes nothing. */
export async function peekPreferences(app: App, token: string): Promise<PeekedPreferences> {
  const link = await checkLink(app, token, (reader) => findSubscriber(app.db, reader))
  if (link.kind !== 'open') return link
  const { id, email } = link.subscriber
  const feed = privateFeedPath(app, link.subscriber)
  const [subscriptions, muted] = [await activeOf(app.db, id), await mutesOf(app.db, id)]
  const label = labelLink(app.config.secretKeys, '', id)
  return { kind: 'open', email, subscriptions, feed, label, muted }
}

/** Ends a mute of the reader, named by its takeaway: later alerts tell the story again. A second use changes nothing. */
export async function unmuteStory(
  app: App,
  token: string,
  takeaway: number,
): Promise<{ kind: 'unmuted' } | NoPreferences> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (reader) => lockSubscriber(tx, reader))
    if (link.kind !== 'open') return link
    const { id } = link.subscriber
    const headline = await removeMute(tx, id, takeaway)
    if (headline === undefined) return { kind: 'unmuted' }
    const text = `Unmuted the alerts of the story “${headline}”.`
    await recordConsent(tx, { subscriberId: id, kind: 'changed', text, source: 'link', at: app.now() })
    return { kind: 'unmuted' }
  })
}

/** Gives the reader's feed a new address; the one before shows nothing any more. */
export async function renewFeed(app: App, token: string): Promise<{ kind: 'renewed' } | NoPreferences> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (reader) => lockSubscriber(tx, reader))
    if (link.kind !== 'open') return link
    await rotateFeedNonce(tx, link.subscriber.id)
    return { kind: 'renewed' }
  })
}

/**
 * Replaces the reader's subscriptions. A cadence that is not named ends. A new one is active at once, since the address is
 * confirmed, and starts at the present position. A kept one keeps its position.
 * @throws UserError when a topic does not exist
 */
export async function savePreferences(app: App, token: string, preferences: Preferences): Promise<SavedPreferences> {
  const choices = preferences.subscriptions
  await requireKnownTopics(app.db, choices)
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (id) => lockSubscriber(tx, id))
    if (link.kind !== 'open') return link
    await replaceSubscriptions(app, tx, link.subscriber, choices)
    return { kind: 'saved', subscriptions: await activeOf(tx, link.subscriber.id) }
  })
}

/**
 * Mails a fresh preferences link to an active reader, and a confirmation to a pending one. The outcome is the same for
 * every address. `busy`: over the limits of sign-ups.
 */
export async function requestLink(
  app: App,
  email: string,
  { source, honeypot }: SignUpSource,
): Promise<{ kind: 'received' } | { kind: 'busy' }> {
  if (honeypot) return { kind: 'received' }
  if (!(await admitSignUp(app.db, limitedSource(source), app.now()))) return { kind: 'busy' }
  await app.db.transaction().execute((tx) => mailFreshLink(app, tx, email))
  return { kind: 'received' }
}

async function mailFreshLink(app: App, tx: Tx, email: string): Promise<void> {
  if (await isSuppressed(tx, email)) return
  const found = await findSubscriberByEmail(tx, email)
  const subscriber = found && (await lockSubscriber(tx, found.id))
  if (!subscriber || subscriber.state === 'gone') return
  const kind = subscriber.state === 'active' ? 'link' : 'confirmation'
  await mailWithinLimits(app, tx, { kind, subscriberId: subscriber.id })
}

async function checkLink(
  app: App,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<{ kind: 'open'; subscriber: Subscriber } | NoPreferences> {
  const check = verifyToken(app.config.secretKeys, 'preferences', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const subscriber = await find(Number(check.subject))
  if (subscriber?.state !== 'active') return { kind: 'inactive' }
  return { kind: 'open', subscriber }
}

async function replaceSubscriptions(app: App, tx: Tx, subscriber: Subscriber, choices: Choice[]): Promise<void> {
  const { id } = subscriber
  const active = await activeOf(tx, id)
  const dropped = cadences.filter((cadence) => !choices.some((choice) => choice.cadence === cadence))
  const ended = await endSubscriptions(tx, id, app.now(), dropped)
  const added = choices.filter((choice) => !active.some(({ cadence }) => cadence === choice.cadence))
  for (const subscription of active) {
    const choice = choices.find(({ cadence }) => cadence === subscription.cadence)
    if (!choice) continue
    await changeSubscription(tx, subscription.id, choice)
    await decideWaitsAgain(tx, subscription.id, changedReasons(subscription, choice), app.now())
  }
  for (const choice of added) await savePendingSubscription(tx, id, choice, app.now())
  if (added.length > 0) await activate(app, tx, id, cadences)
  if (ended.length > 0) await settle(app, tx, subscriber)
  await recordChange(app, tx, id, choices)
}

/** The reasons for which alerts wait that a new choice changes: the quiet hours, and how many may come on a day. */
function changedReasons(was: Subscription, { zone, quiet, maxAlerts }: Choice): ('quiet' | 'budget')[] {
  const isMoved = was.zone !== zone
  const hasOtherHours = was.quiet_from !== (quiet?.from ?? null) || was.quiet_to !== (quiet?.to ?? null)
  const reasons: ('quiet' | 'budget')[] = isMoved || hasOtherHours ? ['quiet'] : []
  return isMoved || was.max_alerts !== maxAlerts ? [...reasons, 'budget'] : reasons
}

async function recordChange(app: App, tx: Tx, subscriberId: number, choices: Choice[]): Promise<void> {
  const texts = choices.map((choice) => consentText(choice, 'Saved on my preferences page.'))
  await recordConsent(tx, {
    subscriberId,
    kind: choices.length > 0 ? 'changed' : 'withdrawn',
    text: texts.join('\n') || 'Ended every subscription on my preferences page.',
    source: 'link',
    at: app.now(),
  })
}

async function activeOf(db: Db, subscriberId: number): Promise<Subscription[]> {
  const all = await subscriptionsOf(db, subscriberId)
  return all.filter((subscription) => subscription.state === 'active')
}
