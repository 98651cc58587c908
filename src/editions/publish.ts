import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import type { Brand } from './mail/mail-view.ts'
import { type EditionFacts, editionKey, editionSlug } from './rules/edition-key.ts'
import { type Edition, findEdition, freezeEdition } from './store/editions.ts'

/** What is to be frozen: the facts that identify it, and how its view is made once the address of its web copy is known. */
export type EditionDraft = {
  facts: Omit<EditionFacts, 'template' | 'language'>
  template: 'digest' | 'alert' | 'confirmation' | 'link'
  civilDate: string
  slotId?: number
  reason: string
  view(slug: string): object
}

/** Freezes an edition, or returns the one that has the same key: it is rendered once, whoever asks. */
export async function freeze(app: App, tx: Tx, draft: EditionDraft): Promise<Edition> {
  const key = editionKey({ ...draft.facts, language: 'en', template: app.render.version(draft.template) })
  const frozen = await findEdition(tx, key)
  if (frozen) return frozen
  const slug = editionSlug(draft.facts.kind, draft.civilDate, key)
  const { subject, html, text } = await app.render.mail(draft.template, draft.view(slug))
  const { kind, takeaways, topics } = draft.facts
  return freezeEdition(
    tx,
    { key, slug, kind, subject, html, text, takeaways, topics, slot_id: draft.slotId ?? null, closed_at: app.now() },
    draft.reason,
  )
}

/** Who sends, as every mail says it. */
export function brandOf({ config }: App): Brand {
  return { postalAddress: config.postalAddress, contact: config.contact }
}

/** The right-hand side of Message-IDs: the domain of the sender. */
export function mailDomain({ config }: App): string {
  return /@([^@<>\s]+?)>?$/.exec(config.mailFrom)![1]!
}
