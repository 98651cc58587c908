import { isAhead } from '../briefing/is-ahead.ts'
import { watchOf } from '../briefing/watch.ts'
import { dayOfClaim } from './day-of-claim.ts'
import type { DatedWords, Week, WeekThread } from './week.ts'

const maxOpen = 2
const maxLooked = 40
/** In characters. */
const maxLength = 180

/** At most two sentences of these threads about what is still to come when the week is over, each of another thread. */
export function stillOpen(threads: WeekThread[], week: Week): DatedWords[] {
  return threads
    .flatMap(
      (thread) =>
        watchOf([thread], maxLooked).find((each) => each.text.length <= maxLength && isAhead(each, week)) ?? [],
    )
    .slice(0, maxOpen)
    .map(({ text, claim }) => ({ text, claim, date: dayOfClaim(claim, week) }))
}
