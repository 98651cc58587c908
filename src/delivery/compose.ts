import type { App } from '../app.ts'
import type { Placeholder } from '../editions/mail/placeholders.ts'
import { fromLine } from '../editions/publish.ts'
import { isPersonal } from '../editions/rules/edition.ts'
import type { Edition } from '../editions/store/editions.ts'
import { bareAddress, shownAddress } from '../platform/address.ts'
import { mailLinks } from '../readers/rules/mail-links.ts'
import { deliveryMark, verpAddress } from './bounces/verp.ts'
import { listIdOf } from './message/list-id.ts'
import type { Allocate } from './message/reusable-buffer.ts'
import { createMessageTemplate, type MessageTemplate } from './message/template.ts'
import type { Envelope } from './smtp/transaction.ts'
import type { Claim } from './store/claims.ts'

/** An edition that is ready to be copied for each of its readers. */
export type ComposedEdition = {
  /** One reader's copy, in memory of `allocate`: it is good until that memory is used again. */
  copyFor(claim: Claim, allocate?: Allocate): Promise<Envelope>
}

/** Composes an edition once. Each copy is the same at every retry: it depends on the delivery's row alone. */
export function composeEdition(app: App, edition: Edition): ComposedEdition {
  const { bounceDomain, secretKeys } = app.config
  const personal = isPersonal(edition.kind)
  const sender = bareAddress(fromLine(app.config, edition.kind))
  let template: MessageTemplate | undefined
  return {
    async copyFor(claim, allocate) {
      template ??= templateOf(app, edition) // a fault in it is a fault of each mail, and ends that mail alone
      const from = bounceDomain ? verpAddress(secretKeys, claim, bounceDomain) : sender
      return { from, to: claim.email, wire: await personalise(app, template, { claim, personal, allocate }) }
    },
  }
}

function templateOf({ config, signMail }: App, edition: Edition): MessageTemplate {
  return createMessageTemplate(
    {
      from: fromLine(config, edition.kind),
      replyTo: config.replyTo,
      subject: edition.subject,
      html: edition.html,
      text: edition.text,
      listId: listIdOf(edition.kind, config.publicUrl),
    },
    signMail,
  )
}

/** Postmark's own header, and one that a feedback report returns where it leaves out the envelope sender. */
function markHeaders({ hooks, bounceDomain, secretKeys }: App['config'], claim: Claim): string[] {
  if (!hooks.postmark && !bounceDomain) return []
  const mark = deliveryMark(secretKeys, claim)
  return [
    ...(hooks.postmark ? [`X-PM-Metadata-delivery: ${mark}`] : []),
    ...(bounceDomain ? [`X-Sitrep-Mark: ${mark}`] : []),
  ]
}

type Copy = { claim: Claim; personal: boolean; allocate: Allocate | undefined }

/** Links are signed when the template asks for them, and once only. */
function personalise({ config }: App, template: MessageTemplate, { claim, personal, allocate }: Copy): Promise<Buffer> {
  const links = mailLinks({
    keys: config.secretKeys,
    publicUrl: config.publicUrl,
    datedAt: claim.dated_at,
    subscriber: { ...claim, id: claim.subscriber_id },
    subscriptionId: claim.subscription_id,
    deliveryId: claim.id,
  })
  const known: Partial<Record<Placeholder, string>> = { address: shownAddress(claim.email) }
  const value = (name: Placeholder): string => {
    known[name] ??= name === 'address' ? shownAddress(claim.email) : links[name]
    return known[name]
  }
  const own = {
    to: claim.email,
    messageId: claim.message_id,
    inReplyTo: claim.in_reply_to,
    date: claim.dated_at,
    unsubscribe: personal ? undefined : value('unsubscribe'),
    forRelay: markHeaders(config, claim),
    values: value,
  }
  return template.personalise(own, allocate)
}
