/**
 * So many edits of one item can interrupt readers with alerts within `newsPeriod`. What further edits bring stands in
 * digests, and alerts of it wait until one of these edits is older than the period.
 */
export const maxNewsEdits = 6
export const newsPeriod = Temporal.Duration.from({ hours: 24 })

/** When an edit of now may interrupt; `earlier` are the moments of the item's edits with news within the period. */
export function alertMoment(now: Temporal.Instant, earlier: Temporal.Instant[]): Temporal.Instant {
  const counted = earlier.toSorted(Temporal.Instant.compare).at(-maxNewsEdits)
  const free = counted?.add(newsPeriod)
  return free && Temporal.Instant.compare(free, now) > 0 ? free : now
}
