import type { App } from '../app.ts'
import { decideWaitsAgain } from '../editions/store/alert-waits.ts'
import { requireKnownFeeds } from '../feeds/store/feed-choices.ts'
import type { Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { activate } from './confirm.ts'
import { endedLines, mailNotice, subscriptionWords } from './notice-of-change.ts'
import { changeByAnyLink, changeForReader, type NoPreferences } from './preferences-link.ts'
import { cadenceName } from './rules/cadence-words.ts'
import { consentText } from './rules/consent.ts'
import { type Choice, maxSubscriptions } from './rules/subscription.ts'
import { recordConsent } from './store/consents.ts'
import type { Subscriber } from './store/subscribers.ts'
import {
  activeSubscriptionsOf,
  changeSubscription,
  endSubscriptions,
  type Subscription,
  sameAmong,
  savePendingSubscription,
} from './store/subscriptions.ts'
import { settle } from './unsubscribe.ts'

/** `missing`: the reader has no such active subscription. */
export type ChangedSubscription = { kind: 'saved' } | { kind: 'missing' } | NoPreferences
/** `left` are the subscriptions that the reader still has. */
export type EndedSubscription = { kind: 'ended'; left: number } | { kind: 'missing' } | NoPreferences

const saidOnPage = 'Saved on my preferences page.'

/**
 * Adds a subscription for a reader. It is active at once, since the address is confirmed, and starts at the present position.
 * @throws UserError when a topic or a feed does not exist, and when the reader has too many subscriptions, or one that brings the same
 */
export async function addOwnSubscription(
  app: App,
  token: string,
  choice: Choice,
): Promise<{ kind: 'saved' } | NoPreferences> {
  await requireKnown(app, choice)
  return changeForReader(app, token, async (tx, { id }) => {
    const own = await activeSubscriptionsOf(tx, id)
    if (sameAmong(own, choice)) throw new UserError('You have this subscription already.')
    if (own.length >= maxSubscriptions) throw new UserError(tooMany)
    const added = await savePendingSubscription(tx, id, choice, app.now())
    await activate(app, tx, id, [added])
    await recordChange(app, tx, id, consentText(choice, saidOnPage))
    await mailNotice(app, tx, id, [await subscriptionWords(tx, 'Added', asStored(choice))])
    return { kind: 'saved' }
  })
}

/**
 * Makes a reader's subscription what the reader chose. It keeps its cadence and its position in the stream.
 * @throws UserError when a topic or a feed does not exist, and when another subscription of the reader brings the same
 */
export async function changeOwnSubscription(
  app: App,
  token: string,
  id: number,
  choice: Choice,
): Promise<ChangedSubscription> {
  await requireKnown(app, choice)
  return changeByAnyLink(app, token, async (tx, { subscriber: reader, subscription }) => {
    const own = await activeSubscriptionsOf(tx, reader.id)
    const before = own.find((one) => one.id === id)
    const isOpen = subscription === null || subscription === id
    if (!before || !isOpen || before.cadence !== choice.cadence) return { kind: 'missing' }
    if (sameAmong(othersThan(own, before), choice)) throw new UserError(alike)
    await saveChoice(app, tx, before, choice)
    await recordChange(app, tx, reader.id, consentText(choice, saidOnPage))
    await mailNotice(app, tx, reader.id, [await subscriptionWords(tx, 'Changed', asStored(choice))])
    return { kind: 'saved' }
  })
}

/** Ends one of the reader's subscriptions, or all of them, which only a whole link may. */
export async function endOwnSubscriptions(app: App, token: string, id: number | 'all'): Promise<EndedSubscription> {
  return changeByAnyLink(app, token, async (tx, { subscriber: reader, subscription }) => {
    if (subscription !== null && subscription !== id) return id === 'all' ? { kind: 'narrow' } : { kind: 'missing' }
    const ended = await endSubscriptions(tx, reader.id, app.now(), id)
    if (ended.length === 0) return { kind: 'missing' }
    await settle(app, tx, reader)
    const left = (await activeSubscriptionsOf(tx, reader.id)).length
    await recordEnd(app, tx, reader, ended, left)
    await mailNotice(app, tx, reader.id, await endedLines(tx, ended), { by: 'link', undo: true })
    return { kind: 'ended', left }
  })
}

/** A choice with the names of its columns, as mails tell it. */
export const asStored = ({ at, ...choice }: Choice) => ({ ...choice, local_time: at })

/** Some subscriptions without one of them. */
export const othersThan = (own: Subscription[], { id }: Subscription): Subscription[] =>
  own.filter((one) => one.id !== id)

/** Makes a subscription what was chosen; what waits for it is decided anew. */
export async function saveChoice(app: App, tx: Tx, before: Subscription, choice: Choice): Promise<void> {
  await changeSubscription(tx, before.id, choice)
  await decideWaitsAgain(tx, before.id, changedReasons(before, choice), app.now())
}

/** @throws UserError when a topic or a feed of a choice does not exist */
export async function requireKnown(app: App, choice: Choice): Promise<void> {
  await requireKnownTopics(app.db, [choice])
  await requireKnownFeeds(app.db, choice.feeds)
}

/** The reasons for which alerts wait that a new choice changes: the quiet hours, and how many may come on a day. */
function changedReasons(was: Subscription, { zone, quiet, maxAlerts }: Choice): ('quiet' | 'budget')[] {
  const isMoved = was.zone !== zone
  const hasOtherHours = was.quiet_from !== (quiet?.from ?? null) || was.quiet_to !== (quiet?.to ?? null)
  const reasons: ('quiet' | 'budget')[] = isMoved || hasOtherHours ? ['quiet'] : []
  return isMoved || was.max_alerts !== maxAlerts ? [...reasons, 'budget'] : reasons
}

async function recordChange(app: App, tx: Tx, subscriberId: number, text: string): Promise<void> {
  await recordConsent(tx, { subscriberId, kind: 'changed', text, source: 'link', at: app.now() })
}

async function recordEnd(app: App, tx: Tx, reader: Subscriber, ended: Subscription[], left: number): Promise<void> {
  const isLast = left === 0
  const text = isLast
    ? 'Ended every subscription on my preferences page.'
    : `Ended on my preferences page: ${ended.map(({ cadence, topics }) => `${cadenceName[cadence]} on ${topics.join(', ')}`).join('; ')}.`
  const kind = isLast ? 'withdrawn' : 'changed'
  await recordConsent(tx, { subscriberId: reader.id, kind, text, source: 'link', at: app.now() })
}

const alike = 'You have another subscription that brings the same. Change something else, or end this one.'
const tooMany = `You have ${maxSubscriptions} subscriptions, which is as many as one address may have. Change or end one of them.`
