import type { Tx } from '../platform/db/db.ts'
import { afterNextDigest, dayOf } from './rules/alert-day.ts'
import { quietUntil } from './rules/quiet-hours.ts'
import { noteBudget } from './store/alert-budget.ts'
import type { Concerned } from './store/alert-notes.ts'
import { digestTimesInUse, noteOpenWindows, noteQuiet, quietHoursInUse, zonesOfAlerts } from './store/alert-waits.ts'

/**
 * Notes for whom of a run's readers alerts wait now: readers whose digest is being composed, those in their quiet hours, and those
 * who had as many today as they want.
 */
export async function noteWaits(tx: Tx, run: number, concerned: Concerned, now: Temporal.Instant): Promise<void> {
  await noteOpenWindows(tx, run, concerned, now)
  const hours = await quietHoursInUse(tx, concerned)
  const quiet = hours.flatMap((each) => {
    const until = quietUntil(each, each.zone, now)
    return until ? [{ ...each, until }] : []
  })
  await noteQuiet(tx, run, concerned, quiet)
  const days = (await zonesOfAlerts(tx, concerned)).map((zone) => dayOf(zone, now))
  const digests = (await digestTimesInUse(tx, concerned)).map((time) => ({
    ...time,
    until: afterNextDigest(time, now),
  }))
  await noteBudget(tx, run, concerned, days, digests)
}
