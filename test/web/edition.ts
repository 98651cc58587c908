import { createHash } from 'node:crypto'
import type { App } from '../../src/app.ts'
import { priorityOf } from '../../src/editions/rules/edition-kind.ts'
import { type Edition, freezeEdition } from '../../src/editions/store/editions.ts'
import type { DeliveryState } from '../../src/platform/db/tables/delivery.ts'
import type { EditionKind } from '../../src/platform/db/tables/editions.ts'
import { findSubscriberByEmail } from '../../src/readers/store/subscribers.ts'

type Written = { kind: EditionKind; slug: string; subject: string; html?: string }

/** Freezes an edition about displacement with its original sending. */
export async function writeEdition(app: App, { kind, slug, subject, html = '<p>Mail</p>' }: Written): Promise<Edition> {
  const key = createHash('sha256').update(slug).digest('hex').slice(0, 32)
  const edition = {
    key,
    slug,
    kind,
    subject,
    html,
    text: 'Mail',
    takeaways: [],
    topics: ['displacement'],
    closed_at: app.now(),
  }
  return app.db.transaction().execute((tx) => freezeEdition(tx, edition, 'the test'))
}

/** Puts a delivery of the edition's original sending into the ledger, in any state. */
export async function oweDelivery(
  app: App,
  edition: Edition,
  email: string,
  { state, reason = null, reply = null }: { state: DeliveryState; reason?: string | null; reply?: string | null },
): Promise<void> {
  const reader = (await findSubscriberByEmail(app.db, email))!
  const now = app.now()
  await app.db
    .insertInto('deliveries')
    .values({
      ...{
        edition_id: edition.id,
        subscriber_id: reader.id,
        sending: 0,
        state,
        reason,
        reply,
        priority: priorityOf(edition.kind),
      },
      ...{ due_at: now, dated_at: now, at: now, attempts: 1, message_id: `<${edition.id}.${reader.id}@example.org>` },
    })
    .execute()
}
