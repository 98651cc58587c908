import type { Config } from '../config.ts'
import { mailLinks } from '../domain/mail-links.ts'
import { fillMarkers } from '../domain/slots-in-mail.ts'
import type { Letter } from '../io/mime.ts'
import type { Claim } from '../store/deliveries.ts'
import type { Edition } from '../store/editions.ts'
import type { Addressee } from '../store/mailings.ts'

/** One reader's copy of an edition: the frozen parts with the personal slots filled; the same at every retry. */
export function letterTo(config: Config, edition: Edition, person: Addressee, claim: Claim): Letter {
  const links = mailLinks({
    keys: config.secretKeys,
    publicUrl: config.publicUrl,
    datedAt: claim.dated_at,
    subscriber: person,
    subscriptionId: claim.subscription_id,
  })
  const values = { ...links, address: person.email }
  const personal = edition.kind === 'confirmation' || edition.kind === 'link'
  return {
    from: config.mailFrom,
    replyTo: config.replyTo,
    to: person.email,
    subject: edition.subject,
    html: fillMarkers(edition.html, values, 'html'),
    text: fillMarkers(edition.text, values, 'text'),
    messageId: claim.message_id,
    date: claim.dated_at,
    listId: `Sitrep <sitrep.${new URL(config.publicUrl).hostname}>`,
    unsubscribe: personal ? undefined : links.oneClick,
    automatic: personal || edition.kind === 'alert',
  }
}
