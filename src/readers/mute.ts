import type { App } from '../app.ts'
import { alertOfDelivery, type MutableStory, skipMutedAlerts, storiesOfAlert } from '../editions/store/muted-alerts.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db } from '../platform/db/db.ts'
import { shorten } from '../platform/text/shorten.ts'
import { muteSubject } from './rules/mail-links.ts'
import { verifyToken } from './rules/token.ts'
import { recordConsent } from './store/consents.ts'
import { addMute } from './store/mutes.ts'
import { findSubscriber, lockSubscriber, type Subscriber } from './store/subscribers.ts'

/** `gone`: the reader gets no mail any more. `invalid`: the link is void. */
export type NoMute = { kind: 'gone' } | { kind: 'invalid' }
export type PeekedMute = { kind: 'open'; address: string; stories: MutableStory[] } | NoMute

const maxHeadline = 200

/** The stories of the alert that the link was in. Changes nothing: mail scanners open every link. */
export async function peekMute(app: App, token: string): Promise<PeekedMute> {
  const alert = await checkLink(app, app.db, token, (id) => findSubscriber(app.db, id))
  if (alert.kind !== 'open') return alert
  return { kind: 'open', address: maskAddress(alert.subscriber.email), stories: alert.stories }
}

/**
 * Ends the alerts of one story and its thread for the reader of the link, in all subscriptions. `takeaway` names one of the
 * stories of the alert. The link never expires and can only mute; a second use changes nothing.
 */
export async function muteStory(
  app: App,
  token: string,
  takeaway: number,
): Promise<{ kind: 'muted'; headline: string } | NoMute> {
  return app.db.transaction().execute(async (tx) => {
    const alert = await checkLink(app, tx, token, (reader) => lockSubscriber(tx, reader))
    if (alert.kind !== 'open') return alert
    const story = alert.stories.find((one) => one.takeaway === takeaway)
    if (!story) return { kind: 'invalid' }
    const { id } = alert.subscriber
    const headline = shorten(story.headline, maxHeadline)
    if (story.isMuted) return { kind: 'muted', headline }
    await addMute(tx, id, { takeaway, headline, at: app.now() })
    await skipMutedAlerts(tx, id, story.thread, app.now())
    const text = `Muted the alerts of the story “${headline}”.`
    await recordConsent(tx, { subscriberId: id, kind: 'changed', text, source: 'link', at: app.now() })
    return { kind: 'muted', headline }
  })
}

type CheckedLink = { kind: 'open'; subscriber: Subscriber; stories: MutableStory[] } | NoMute

async function checkLink(
  app: App,
  db: Db,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<CheckedLink> {
  const check = verifyToken(app.config.secretKeys, 'mute', token, app.now())
  if (check.kind !== 'valid') return { kind: 'invalid' }
  const delivery = muteSubject(check.subject)
  const alert = delivery === null ? undefined : await alertOfDelivery(db, delivery)
  if (!alert) return { kind: 'invalid' }
  const subscriber = await find(alert.subscriber)
  if (check.nonce !== subscriber?.link_nonce) return { kind: 'invalid' }
  if (subscriber?.state !== 'active') return { kind: 'gone' }
  return { kind: 'open', subscriber, stories: await storiesOfAlert(db, alert.edition, subscriber.id) }
}
