/** When editions are due. Civil time only by Temporal: cron libraries were seen to skip and double days at clock changes. */

/** Weekly digests come on one `weekday`, 1 for Monday, which is the day where none is given; it says nothing for daily ones. */
export type Schedule = { cadence: 'daily' | 'weekly'; localTime: string; zone: string; weekday?: number }
export type Slot = Schedule & { civilDate: string; dueAt: Temporal.Instant }

const monday = 1

/** A digest that is later than this is not sent; the next one covers its window. */
const misfireLimit = Temporal.Duration.from({ hours: 12 })
/** Maximum time an alert waits until the other new revisions of its feed have been read: reading may fail and be retried. */
export const maxAlertWait = Temporal.Duration.from({ seconds: 60 })
/** Maximum time a digest waits until the revisions from before its slot have been read. */
const maxDigestWait = Temporal.Duration.from({ seconds: 60 })
/** How many days back missed dates are recorded after a long stop, one row each. */
const rememberedDays = 31

/**
 * The slots of a schedule that have come due since the civil date `after` (exclusive), oldest first; only the latest one
 * without `after`. There is one slot per civil date at any clock change: see `dueInstant`.
 */
export function slotsDue(schedule: Schedule, now: Temporal.Instant, after?: string): Slot[] {
  const today = now.toZonedDateTimeISO(schedule.zone).toPlainDate()
  const floor = after ? Temporal.PlainDate.from(after) : today.subtract({ days: 8 })
  const slots: Slot[] = []
  for (let back = 0; back <= rememberedDays; back++) {
    const date = today.subtract({ days: back })
    if (Temporal.PlainDate.compare(date, floor) <= 0) break
    if (!hasSlot(date, schedule)) continue
    const dueAt = dueInstant(date, schedule)
    if (Temporal.Instant.compare(dueAt, now) > 0) continue
    slots.unshift({ ...schedule, civilDate: date.toString(), dueAt })
    if (!after) break
  }
  return slots
}

/** The first slot of a schedule that is due after `now`. */
export function nextSlot(schedule: Schedule, now: Temporal.Instant): Slot {
  const today = now.toZonedDateTimeISO(schedule.zone).toPlainDate()
  for (let ahead = 0; ; ahead++) {
    const date = today.add({ days: ahead })
    if (!hasSlot(date, schedule)) continue
    const dueAt = dueInstant(date, schedule)
    if (Temporal.Instant.compare(dueAt, now) > 0) return { ...schedule, civilDate: date.toString(), dueAt }
  }
}

const hasSlot = (date: Temporal.PlainDate, { cadence, weekday }: Schedule): boolean =>
  cadence === 'daily' || date.dayOfWeek === (weekday ?? monday)

/**
 * The one instant of a civil date at which a digest is due. A local time that the clocks skip is the first instant after
 * the gap; a local time that comes twice is its first occurrence.
 */
export function dueInstant(
  date: Temporal.PlainDate,
  { localTime, zone }: Omit<Schedule, 'cadence' | 'weekday'>,
): Temporal.Instant {
  const local = date.toPlainDateTime(Temporal.PlainTime.from(localTime))
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (zoned.toPlainDateTime().equals(local)) return zoned.toInstant()
  const endOfGap = zoned.getTimeZoneTransition('next') ?? zoned
  return endOfGap.toInstant()
}

/** True while a slot that has come due may wait for a revision that was saved before it, at `savedAt`, and is not read. */
export const mayWait = (slot: Slot, savedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(savedAt, slot.dueAt) <= 0 && Temporal.Instant.compare(now, slot.dueAt.add(maxDigestWait)) < 0

/** True when a slot is too late to be mailed for its own date. */
export const isMissed = (slot: Slot, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, slot.dueAt.add(misfireLimit)) > 0
