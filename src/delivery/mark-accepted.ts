import type { App } from '../app.ts'
import { knownEdition } from '../editions/known-edition.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { acceptUnknown } from './store/deliveries.ts'

/**
 * A person has found out that mails which ended unknown did arrive (in the server's log, or by asking): they count as
 * accepted from now on. Without `email` all of the edition's. Returns how many; 0 when another was faster.
 * @throws UsageError when there is no such edition
 */
export async function markAccepted(
  app: App,
  {
    edition: key,
    email,
    actor,
    reason,
  }: { edition: string; email?: string | undefined; actor: string; reason: string },
): Promise<number> {
  const edition = await knownEdition(app.db, key)
  return app.db.transaction().execute(async (tx) => {
    const reply = `accepted by a person: ${reason}`.slice(0, 500)
    const ids = await acceptUnknown(tx, { edition: edition.id, email }, reply, app.now())
    if (!ids.length) return 0
    const subject = `edition:${edition.id}`
    await recordAudit(app, tx, { actor, action: 'mark accepted', subject, reason, detail: { deliveries: ids } })
    return ids.length
  })
}
