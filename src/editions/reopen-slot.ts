import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { wake } from '../platform/db/wake.ts'
import { UserError } from '../platform/user-error.ts'
import { openAgain, type SlotRow } from './store/slots.ts'

/**
 * Opens a slot again that was recorded as missed or composed, as by a wrong clock. Its digests are composed when the slot is
 * due, or now if it was due before. Readers who had a digest of the slot get only what is new since then.
 * @throws UserError when there is no such slot, or it is open
 */
export async function reopenSlot(
  app: App,
  { slot: id, actor, reason }: { slot: number; actor: string; reason: string },
): Promise<SlotRow> {
  return app.db.transaction().execute(async (tx) => {
    const slot = await openAgain(tx, id)
    if (!slot) throw new UserError(`No slot ${id} is missed or composed. \`sitrep slots list\` shows all slots.`)
    const { cadence, local_time: time, zone, civil_date: date, runs } = slot
    const detail = { cadence, time, zone, date, runs }
    await recordAudit(app, tx, { actor, action: 'reopen slot', subject: `slot:${id}`, reason, detail })
    await wake(tx, 'digest')
    return slot
  })
}
