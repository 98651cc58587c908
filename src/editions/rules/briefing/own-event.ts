import { eventDaysIn, namesAttack } from '../../../stories/rules/event-days.ts'
import { namesIn } from '../../../stories/rules/names.ts'
import { struckPlacesIn } from '../../../stories/rules/struck-places.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import type { KnownClaim, StoryClaim } from './story.ts'

/** Whether a claim states a day after all days that were told. */
export function isOnLaterDay(fresh: StoryClaim[], told: KnownClaim[]): boolean {
  const known = told.flatMap(({ text, at, dated = at }) => eventDaysIn(text, dated.epochMilliseconds))
  if (known.length === 0) return false
  const days = fresh.map((claim) => eventDaysIn(claim.text, datedAt(claim).epochMilliseconds))
  return days.some((own) => own.length > 0 && Math.min(...own) > Math.max(...known))
}

/** Whether a claim of an attack names places, and what was told none of them. */
export function isAtOtherPlace(fresh: StoryClaim[], told: KnownClaim[]): boolean {
  const struck = fresh.filter(({ text }) => namesAttack(text)).map(({ text }) => struckPlacesIn(text))
  const named = struck.filter(({ size }) => size > 0)
  if (named.length === 0) return false
  const names = told.map(({ text }) => namesIn(text))
  const known = new Set(names.flatMap((each) => [...each.places, ...each.names]))
  return named.some((places) => places.isDisjointFrom(known))
}
