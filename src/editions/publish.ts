import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import type { EditionKind } from '../platform/db/tables/editions.ts'
import type { MailSender } from './mail/mail-view.ts'
import type { ToldStory } from './mail/told-stories.ts'
import { type EditionFacts, editionKey, editionSlug, isPersonal, priorityOf } from './rules/edition.ts'
import type { Mailing } from './store/create-deliveries.ts'
import { type FrozenEdition, findFrozen, freezeEdition } from './store/editions.ts'

/** An edition before it is frozen: the facts that identify it, and how its view is made. */
export type EditionDraft = {
  facts: Omit<EditionFacts, 'template' | 'language'>
  template: 'digest' | 'weekly' | 'alert' | 'confirmation' | 'link' | 'correction'
  civilDate: string
  slotId?: number
  reason: string
  /** How it tells its stories. */
  stories?: ToldStory[]
  /** The items that it tells of or names. */
  items?: number[]
  /** The correction that it mails. */
  correctionId?: number
  /** `slug` is the name of the web copy. */
  view(sender: MailSender & { slug: string }): object
}

/** Freezes an edition, or returns the frozen one that has the same key: an edition is rendered once. */
export async function freeze(app: App, tx: Tx, draft: EditionDraft): Promise<FrozenEdition> {
  const key = editionKey({ ...draft.facts, language: 'en', template: app.render.version(draft.template) })
  const frozen = await findFrozen(tx, key)
  if (frozen) return frozen
  const slug = editionSlug(draft.facts.kind, draft.civilDate, key)
  const { subject, html, text } = await app.render.mail(draft.template, draft.view({ ...senderOf(app), slug }))
  const { kind, takeaways, filter, corrected = [] } = draft.facts
  const about = {
    kind,
    takeaways,
    topics: filter.topics,
    corrected,
    slot_id: draft.slotId ?? null,
    stories: JSON.stringify(draft.stories ?? []),
    items: [...new Set(draft.items)],
    correction_id: draft.correctionId ?? null,
    closed_at: app.now(),
  }
  return freezeEdition(tx, { key, slug, subject, html, text, ...about }, draft.reason)
}

/** What the deliveries of one sending of an edition have in common; sending 0 is the original. */
export function mailingOf(app: App, { id, key, kind }: FrozenEdition, sending = 0): Mailing {
  return { edition: id, key, sending, priority: priorityOf(kind), domain: mailDomain(app, kind), now: app.now() }
}

/** The sender that every mail names. */
export function senderOf({ config }: App): MailSender {
  const { publicUrl, postalAddress, contact, privacyUrl } = config
  return { publicUrl, brand: { postalAddress, contact, ...(privacyUrl && { privacyUrl }) } }
}

/** The From line of a kind of mail: confirmations may have an address of their own, so that trouble with one spares the other. */
export function fromLine({ mailFrom, mailFromConfirm }: App['config'], kind: EditionKind): string {
  return isPersonal(kind) ? mailFromConfirm : mailFrom
}

/** The right-hand side of Message-IDs: the domain of the sender. */
function mailDomain({ config }: App, kind: EditionKind): string {
  const [, domain] = /@([^@<>\s]+?)>?$/.exec(fromLine(config, kind)) ?? []
  if (!domain) throw new Error('MAIL_FROM has no domain.')
  return domain
}
