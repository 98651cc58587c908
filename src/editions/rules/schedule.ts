/** When a digest is due. Civil time only by Temporal: cron libraries were seen to skip and double days at clock changes. */

export type Schedule = { cadence: 'daily' | 'weekly'; localTime: string; zone: string }
export type Slot = Schedule & { civilDate: string; dueAt: Temporal.Instant }

/** Later than this a digest is not sent for its own date any more; the next one covers its window. */
export const misfireLimit = Temporal.Duration.from({ hours: 12 })
const monday = 1
/** After a long stop only so many missed dates are recorded, one row each. */
const rememberedDays = 31

/**
 * The slots of a schedule that have come due since the date `after` (exclusive; without one, only the latest), oldest first.
 * One per civil date whatever the clocks do: a time in a gap is the first instant after it, one in a fold its first.
 */
export function slotsDue(schedule: Schedule, now: Temporal.Instant, after?: string): Slot[] {
  const today = now.toZonedDateTimeISO(schedule.zone).toPlainDate()
  const floor = after ? Temporal.PlainDate.from(after) : today.subtract({ days: 8 })
  const slots: Slot[] = []
  for (let back = 0; back <= rememberedDays; back++) {
    const date = today.subtract({ days: back })
    if (Temporal.PlainDate.compare(date, floor) <= 0) break
    if (schedule.cadence === 'weekly' && date.dayOfWeek !== monday) continue
    const dueAt = dueInstant(date, schedule)
    if (Temporal.Instant.compare(dueAt, now) > 0) continue
    slots.unshift({ ...schedule, civilDate: date.toString(), dueAt })
    if (!after) break
  }
  return slots
}

/** The next moment of a schedule after `now`: what a reader is told. */
export function nextSlot(schedule: Schedule, now: Temporal.Instant): Slot {
  const today = now.toZonedDateTimeISO(schedule.zone).toPlainDate()
  for (let ahead = 0; ; ahead++) {
    const date = today.add({ days: ahead })
    if (schedule.cadence === 'weekly' && date.dayOfWeek !== monday) continue
    const dueAt = dueInstant(date, schedule)
    if (Temporal.Instant.compare(dueAt, now) > 0) return { ...schedule, civilDate: date.toString(), dueAt }
  }
}

/** The one instant of a civil date at which a digest is due. */
export function dueInstant(date: Temporal.PlainDate, { localTime, zone }: Schedule): Temporal.Instant {
  const wished = date.toPlainDateTime(Temporal.PlainTime.from(localTime))
  const found = wished.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (found.toPlainDateTime().equals(wished)) return found.toInstant()
  return found.getTimeZoneTransition('next')!.toInstant()
}

export const isMissed = (slot: Slot, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, slot.dueAt.add(misfireLimit)) > 0
