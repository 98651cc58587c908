import type { App } from '../app.ts'
import type { Placeholder } from '../editions/mail/placeholders.ts'
import type { Edition } from '../editions/store/editions.ts'
import { mailLinks } from '../readers/rules/mail-links.ts'
import { deliveryMark, verpAddress } from './bounces/verp.ts'
import type { Allocate } from './message/reusable-buffer.ts'
import { createMessageTemplate, type MessageTemplate } from './message/template.ts'
import type { Envelope } from './smtp/connection.ts'
import { bareAddress } from './smtp/outbox.ts'
import type { Claim } from './store/claims.ts'

/** An edition ready to be copied for each of its readers; a copy stands in `memory` until that is used again. */
export type ComposedEdition = {
  copyFor(claim: Claim, memory?: Allocate): Promise<Envelope>
}

/** Composes an edition once. Each copy is the same at every retry: it depends on the row of the ledger alone. */
export function composeEdition(app: App, edition: Edition): ComposedEdition {
  const { bounceDomain, mailFrom, secretKeys } = app.config
  const sender = bareAddress(mailFrom)
  const personal = edition.kind === 'confirmation' || edition.kind === 'link'
  let mould: MessageTemplate | undefined
  return {
    async copyFor(claim, memory) {
      mould ??= mouldOf(app, edition, personal) // what is wrong with it is wrong with each mail, and ends that mail alone
      const from = bounceDomain ? verpAddress(secretKeys, claim.id, bounceDomain) : sender
      return { from, to: claim.email, wire: await copy(app, mould, { claim, personal, memory }) }
    },
  }
}

function mouldOf({ config, signMail }: App, edition: Edition, personal: boolean): MessageTemplate {
  return createMessageTemplate(
    {
      from: config.mailFrom,
      replyTo: config.replyTo,
      subject: edition.subject,
      html: edition.html,
      text: edition.text,
      listId: `Sitrep <sitrep.${new URL(config.publicUrl).hostname}>`,
      automatic: personal || edition.kind === 'alert',
    },
    signMail,
  )
}

type Order = { claim: Claim; personal: boolean; memory?: Allocate | undefined }

function copy({ config }: App, mould: MessageTemplate, { claim, personal, memory }: Order): Promise<Buffer> {
  const links = mailLinks({
    keys: config.secretKeys,
    publicUrl: config.publicUrl,
    datedAt: claim.dated_at,
    subscriber: { id: claim.subscriber_id, nonce: claim.nonce },
    subscriptionId: claim.subscription_id,
  })
  const known: Partial<Record<Placeholder, string>> = { address: claim.email }
  const value = (slot: Placeholder) => {
    known[slot] ??= slot === 'address' ? claim.email : links[slot]
    return known[slot]
  }
  const own = {
    to: claim.email,
    messageId: claim.message_id,
    date: claim.dated_at,
    unsubscribe: personal ? undefined : value('unsubscribe'),
    forRelay: config.hooks.postmark ? [`X-PM-Metadata-delivery: ${deliveryMark(config.secretKeys, claim.id)}`] : [],
    values: value,
  }
  return mould.personalise(own, memory)
}
