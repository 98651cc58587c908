import type { App } from '../app.ts'
import { composeGroup } from '../editions/compose-digests.ts'
import { fillPlaceholders } from '../editions/mail/placeholders.ts'
import type { RenderedMail } from '../editions/render.ts'
import { nextSlot } from '../editions/rules/schedule.ts'
import { lockComposing } from '../editions/store/composing-lock.ts'
import { editionsById } from '../editions/store/editions.ts'
import {
  openPreviewSlot,
  type PreviewedSubscription,
  previewedCopy,
  subscriptionsToPreview,
} from '../editions/store/previews.ts'
import { groupOfSubscription, openWindows } from '../editions/store/windows.ts'
import { shownAddress } from '../platform/address.ts'
import type { Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { mailLinks } from '../readers/rules/mail-links.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { placeClaims } from '../stories/place-claims.ts'

/** A mail as one reader would get it, or why there would be none. */
export type ReaderPreview = { kind: 'mail'; mail: RenderedMail } | { kind: 'none'; reason: string }

/**
 * The next digest of a reader as it would be mailed now, with the reader's address and links. It is composed by the same steps as the
 * digest itself, in a transaction that is rolled back: nothing of it is stored or sent.
 * @throws UserError when there is no such reader, or the reader has no digest
 */
export async function previewForReader(app: App, email: string): Promise<ReaderPreview> {
  const [subscription] = await subscriptionsToPreview(app.db, email)
  if (!subscription)
    throw new UserError(`No reader ${email} has a digest. Alerts have no preview: they come with the news.`)
  await placeClaims(app)
  const tx = await app.db.startTransaction().execute()
  try {
    return await compose(app, tx, subscription)
  } finally {
    await tx.rollback().execute()
  }
}

async function compose(app: App, tx: Tx, subscription: PreviewedSubscription): Promise<ReaderPreview> {
  await lockComposing(tx)
  const { cadence, local_time: localTime, zone, weekday } = subscription
  const next = nextSlot({ cadence, localTime, zone, weekday }, app.now())
  const slot = await openPreviewSlot(tx, next, await numberMatches(tx))
  await openWindows(tx, slot)
  const found = await groupOfSubscription(tx, slot.id, subscription.id)
  if (!found?.group) return { kind: 'none', reason: found?.reason ?? 'the subscription began after the last report' }
  await composeGroup(app, tx, slot, found.group)
  const copy = await previewedCopy(tx, slot.id, subscription.id)
  if (!copy)
    return { kind: 'none', reason: (await groupOfSubscription(tx, slot.id, subscription.id))?.reason ?? 'no match' }
  const [edition] = await editionsById(tx, [copy.edition_id])
  if (!edition) return { kind: 'none', reason: 'no match' }
  const links = mailLinks({
    keys: app.config.secretKeys,
    publicUrl: app.config.publicUrl,
    datedAt: copy.dated_at,
    subscriber: { id: copy.subscriber_id, nonce: copy.nonce, preferences_nonce: copy.preferences_nonce },
    subscriptionId: subscription.id,
    deliveryId: copy.id,
  })
  const { confirm, unsubscribe, preferences, mute, label } = links
  const values = { confirm, unsubscribe, preferences, mute, label, address: shownAddress(copy.email) }
  const { subject, html, text } = edition
  return {
    kind: 'mail',
    mail: { subject, html: fillPlaceholders(html, values, 'html'), text: fillPlaceholders(text, values, 'text') },
  }
}
