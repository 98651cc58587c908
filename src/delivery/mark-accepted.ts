import type { App } from '../app.ts'
import { knownEdition } from '../editions/store/editions.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { withoutAddresses } from '../platform/text/without-addresses.ts'
import { acceptUnknown } from './store/deliveries.ts'

/** `edition` is a key or the name of a web copy; `reason` says how the person knows. Without `email`, all readers. */
export type AcceptRequest = { edition: string; email?: string | undefined; actor: string; reason: string }

/**
 * Marks unknown deliveries of an edition as accepted, after a person found out that these mails arrived. Returns how
 * many; 0 when somebody else was faster.
 * @throws UserError when there is no such edition
 */
export async function markAccepted(app: App, { edition: key, email, actor, reason }: AcceptRequest): Promise<number> {
  const edition = await knownEdition(app.db, key)
  return app.db.transaction().execute(async (tx) => {
    const own = email === undefined ? [] : [email]
    const reply = `accepted by a person: ${withoutAddresses(reason, ...own)}`.slice(0, 500)
    const ids = await acceptUnknown(tx, { edition: edition.id, email }, reply, app.now())
    if (!ids.length) return 0
    const subject = `edition:${edition.id}`
    const detail = { deliveries: ids }
    await recordAudit(app, tx, { actor, action: 'mark accepted', subject, reason, detail }, ...own)
    return ids.length
  })
}
