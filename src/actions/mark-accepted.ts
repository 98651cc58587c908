import type { App } from '../app.ts'
import { UsageError } from '../domain/usage-error.ts'
import { recordAudit } from '../store/audit.ts'
import { acceptUnknown } from '../store/deliveries.ts'

/**
 * A person has found out that mails which ended unknown did arrive (in the server's log, or by asking): they count as
 * accepted from now on. Without `email` all of the edition's. Returns how many.
 * @throws UsageError when no unknown delivery fits
 */
export async function markAccepted(
  app: App,
  { edition, email, actor, reason }: { edition: string; email?: string; actor: string; reason: string },
): Promise<number> {
  return app.db.transaction().execute(async (tx) => {
    const ids = await acceptUnknown(tx, { edition, email }, `accepted by a person: ${reason}`.slice(0, 500), app.now())
    if (!ids.length) throw new UsageError(`No unknown delivery of edition ${edition} fits.`)
    await recordAudit(tx, app.config.secretKeys, {
      ...{ actor, action: 'mark accepted', subject: `edition:${edition}`, reason, at: app.now() },
      detail: { deliveries: ids },
    })
    return ids.length
  })
}
