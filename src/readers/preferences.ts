import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import type { Tx } from '../platform/db/db.ts'
import { admit, type SignUpSource } from './admit-sign-up.ts'
import { type WaitingChange, waitingChange } from './change-address.ts'
import { type MailedWithinLimits, mailWithinLimits } from './confirmation-mail.ts'
import { mailNotice } from './notice-of-change.ts'
import { changeByAnyLink, changeForReader, checkLink, type NoPreferences } from './preferences-link.ts'
import { privateFeedPath } from './private-feed.ts'
import { lastDigestDays, zoneOfReader } from './reader-record.ts'
import { labelLink } from './rules/mail-links.ts'
import { recordConsent } from './store/consents.ts'
import { type Mute, mutesOf, removeMute } from './store/mutes.ts'
import {
  findSubscriber,
  findSubscriberByEmail,
  lockSubscriber,
  rotateFeedNonce,
  type Subscriber,
} from './store/subscribers.ts'
import { activeSubscriptionsOf, type Subscription } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'
import type { FormOutcome } from './subscribe.ts'

/**
 * `email` is masked: mails get forwarded. `whole` is what a link of one subscription does not show: the stories that the reader
 * muted, the path of her own Atom feed, that of the page on which to say what is wrong with a story, why her last digests came
 * or did not come, and a change of her address that waits.
 */
export type PeekedPreferences =
  | ({ kind: 'open'; subscriptions: Subscription[]; whole: WholePreferences | null } & Pick<
      Subscriber,
      'email' | 'paused_until'
    >)
  | NoPreferences
type WholePreferences = { muted: Mute[]; feed: string; label: string; days: string[]; change: WaitingChange | null }

/** The reader's active subscriptions, or the one that the link is for. Changes nothing. */
export async function peekPreferences(app: App, token: string): Promise<PeekedPreferences> {
  const link = await checkLink(app, token, (reader) => findSubscriber(app.db, reader), 'any')
  if (link.kind !== 'open') return link
  const { subscriber, subscription } = link
  const active = await activeSubscriptionsOf(app.db, subscriber.id)
  return {
    kind: 'open',
    email: maskAddress(subscriber.email),
    paused_until: subscriber.paused_until,
    subscriptions: active.filter(({ id }) => subscription === null || id === subscription),
    whole: subscription === null ? await wholeOf(app, subscriber, active) : null,
  }
}

/** So many dates back the page says why a digest came or not. */
const shownDays = 7

const wholeOf = async (app: App, subscriber: Subscriber, active: Subscription[]): Promise<WholePreferences> => ({
  muted: await mutesOf(app.db, subscriber.id),
  feed: privateFeedPath(app, subscriber),
  label: labelLink(app.config.secretKeys, '', subscriber),
  days: await lastDigestDays(app, subscriber.id, zoneOfReader(active), shownDays),
  change: await waitingChange(app.db, subscriber.id),
})

/** Mails the reader of any link one that opens all her preferences. `limited`: she had enough of these mails, until then. */
export const mailWholeLink = (app: App, token: string): Promise<MailedWithinLimits | NoPreferences> =>
  changeByAnyLink(app, token, (tx, { subscriber: { id } }) =>
    mailWithinLimits(app, tx, { kind: 'link', subscriberId: id, by: 'mail' }),
  )

/** Ends a mute of the reader, named by its takeaway: later alerts tell the story again. A second use changes nothing. */
export async function unmuteStory(
  app: App,
  token: string,
  takeaway: number,
): Promise<{ kind: 'unmuted' } | NoPreferences> {
  return changeForReader(app, token, async (tx, { id }) => {
    const headline = await removeMute(tx, id, takeaway)
    if (headline === undefined) return { kind: 'unmuted' }
    const text = `Unmuted the alerts of the story “${headline}”.`
    await recordConsent(tx, { subscriberId: id, kind: 'changed', text, source: 'link', at: app.now() })
    await mailNotice(app, tx, id, [text])
    return { kind: 'unmuted' }
  })
}

/** Gives the reader's feed a new address; the one before shows nothing any more. */
export async function renewFeed(app: App, token: string): Promise<{ kind: 'renewed' } | NoPreferences> {
  return changeForReader(app, token, async (tx, { id }) => {
    await rotateFeedNonce(tx, id)
    await mailNotice(app, tx, id, ['Your feed has a new address. The old one does not work any more.'])
    return { kind: 'renewed' }
  })
}

/**
 * Mails a fresh preferences link to an active reader, and a confirmation to a pending one. The outcome is the same for
 * every address.
 */
export async function requestLink(app: App, email: string, { source, honeypot }: SignUpSource): Promise<FormOutcome> {
  if (honeypot) return { kind: 'received' }
  const admission = await admit(app, { email, source })
  if (admission.kind !== 'open') return admission
  await app.db.transaction().execute((tx) => mailFreshLink(app, tx, email))
  return { kind: 'received', earlier: admission.earlier }
}

/**
 * Mails an address what it can use, in a transaction: a reader a link to the preferences, one who has left a link to what is kept, and
 * one who waits for it a confirmation.
 */
export async function mailFreshLink(app: App, tx: Tx, email: string): Promise<void> {
  if (await isSuppressed(tx, email)) return
  const found = await findSubscriberByEmail(tx, email)
  const subscriber = found && (await lockSubscriber(tx, found.id))
  if (!subscriber || (subscriber.state === 'gone' && !subscriber.confirmed_at)) return // no reader, and never was
  const kind = subscriber.state === 'pending' ? 'confirmation' : 'link'
  await mailWithinLimits(app, tx, { kind, subscriberId: subscriber.id })
}
