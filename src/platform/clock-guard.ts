import { formatDuration } from './text/format-instant.ts'

/** How far the clock of a worker may be from the database's, in seconds. A worker whose clock is further away does no work. */
export const maxClockOffS = 60

/** One look at both clocks: ours before and after the database said its time. */
export type ClockReading = { before: Temporal.Instant; database: Temporal.Instant; after: Temporal.Instant }

/** By how many seconds our clock is ahead of the database's (less than 0: behind), and what it was not before. */
export type ClockComparison = { aheadS: number; turned?: 'wrong' | 'right' }

/**
 * Guards a process against its own clock, which may be set wrong at any moment. What a wrong clock writes is believed long
 * after: a poll in three days, a digest that was missed.
 */
export type ClockGuard = {
  /**
   * The time by the clock of this machine. When the clock has jumped away from where it was compared, the time goes on from
   * there by the monotonic timer, so that work in progress writes no wrong time. Before the first comparison it is the clock's.
   */
  now(): Temporal.Instant
  /** Notes a comparison, and tells whether the clock is wrong now or right again. */
  note(reading: ClockReading): ClockComparison
  /** The time of the clock itself, for comparisons. */
  ownTime(): Temporal.Instant
  /** Whether the clock agreed with the database's at the last comparison, and has not jumped since. */
  isRight(): boolean
}

/** `clock` is the clock of the machine, or that of a test. */
export function createClockGuard(clock: () => Temporal.Instant): ClockGuard {
  let agreed: { at: Temporal.Instant; timerMs: number } | undefined
  let isFar = false
  const expected = () => agreed?.at.add({ milliseconds: Math.round(performance.now() - agreed.timerMs) })
  const jumped = (time: Temporal.Instant, instead: Temporal.Instant) =>
    Math.abs(time.since(instead).total('seconds')) > maxClockOffS
  return {
    ownTime: clock,
    now() {
      const [time, instead] = [clock(), expected()]
      return instead && jumped(time, instead) ? instead : time
    },
    note(reading) {
      const aheadS = secondsAhead(reading)
      const wasFar = isFar
      isFar = Math.abs(aheadS) > maxClockOffS
      if (!isFar) agreed = { at: reading.after, timerMs: performance.now() }
      return wasFar === isFar ? { aheadS } : { aheadS, turned: isFar ? 'wrong' : 'right' }
    },
    isRight() {
      const instead = expected()
      return !isFar && instead !== undefined && !jumped(clock(), instead)
    },
  }
}

/** 0 where the database's time lies between ours: a slow answer makes no clock wrong. */
function secondsAhead({ before, database, after }: ClockReading): number {
  if (Temporal.Instant.compare(before, database) > 0) return before.since(database).total('seconds')
  if (Temporal.Instant.compare(after, database) < 0) return after.since(database).total('seconds')
  return 0
}

/** `3 d ahead of the clock of the database`. */
export function clockDistance(aheadS: number): string {
  const zero = Temporal.Instant.fromEpochMilliseconds(0)
  const distance = formatDuration(zero, zero.add({ seconds: Math.round(Math.abs(aheadS)) }))
  return `${distance} ${aheadS > 0 ? 'ahead of' : 'behind'} the clock of the database`
}
