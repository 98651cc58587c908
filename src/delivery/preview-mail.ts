import type { App } from '../app.ts'
import { composePreview } from '../editions/compose-preview.ts'
import { fillPlaceholders } from '../editions/mail/placeholders.ts'
import type { RenderedMail } from '../editions/render.ts'
import { shownAddress } from '../platform/address.ts'
import { mailLinks } from '../readers/rules/mail-links.ts'

/** A mail as one reader would get it, or why there would be none. */
export type ReaderPreview = { kind: 'mail'; mail: RenderedMail } | { kind: 'none'; reason: string }

/**
 * The next digest of a reader as it would be mailed now, with the reader's address and links; nothing of it is stored or sent.
 * @throws UserError when there is no such reader, or the reader has no digest
 */
export async function previewForReader(app: App, email: string): Promise<ReaderPreview> {
  const found = await composePreview(app, email)
  if (found.kind === 'none') return found
  const { copy, edition } = found
  const { confirm, unsubscribe, preferences, mute, label } = mailLinks({
    keys: app.config.secretKeys,
    publicUrl: app.config.publicUrl,
    datedAt: copy.dated_at,
    subscriber: { ...copy, id: copy.subscriber_id },
    subscriptionId: copy.subscription_id,
    deliveryId: copy.id,
  })
  const values = { confirm, unsubscribe, preferences, mute, label, address: shownAddress(copy.email) }
  const { subject, html, text } = edition
  return {
    kind: 'mail',
    mail: { subject, html: fillPlaceholders(html, values, 'html'), text: fillPlaceholders(text, values, 'text') },
  }
}
