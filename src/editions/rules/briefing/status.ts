import { tellsDeed } from '../../../stories/rules/deeds.ts'
import { disastersIn } from '../../../stories/rules/disasters.ts'
import { eventDaysIn, tellsPast } from '../../../stories/rules/event-days.ts'
import type { Fact } from '../../../stories/rules/facts/fact.ts'
import { termsIn } from '../../../stories/rules/terms.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import { tellsConsequence } from '../consequences.ts'
import { highestFigure, sameShare } from './highest-figure.ts'
import { isAtOtherPlace, isOnLaterDay } from './own-event.ts'
import { saysSame } from './says-same.ts'
import type { KnownClaim, Status, StoryClaim } from './story.ts'

/**
 * What a story is to readers who were told these claims of its thread before. A deed of its own in a thread that they know is
 * new, unless it is what a disaster did, or of a day of which they know. What only goes on, without a new figure, is
 * continuing, and so is what happened long ago.
 */
export function statusOf(claims: StoryClaim[], told: KnownClaim[]): Status {
  if (claims.every(isPast)) return 'continuing'
  if (claims.every(({ text }) => tellsConsequence(text))) return 'continuing'
  if (told.length === 0) return 'new'
  const [first] = claims
  const ofStory = told.filter(({ story }) => story === first?.story)
  const before = ofStory.length > 0 ? ofStory : told
  const fresh = claims.filter(({ text }) => !before.some((each) => saysSame(each.text, text)))
  if (
    fresh.every(({ text }) => saysContinuing(text) || tellsConsequence(text)) &&
    newFigures(fresh, before).length === 0
  )
    return 'continuing'
  const deeds = fresh.filter((claim) => tellsDeed(claim.text) && !isOfKnownDay(claim, told))
  const isOwn = deeds.length > 0 && (ofStory.length === 0 || areApart(deeds, ofStory, told))
  return isOwn && disastersOf(claims).isDisjointFrom(disastersOf(told)) ? 'new' : 'update'
}

/** Whether deeds are no part of what was told of their story: its thread told none, or all are of other places or later days. */
function areApart(deeds: StoryClaim[], ofStory: KnownClaim[], told: KnownClaim[]): boolean {
  if (told.every(({ text }) => !tellsDeed(text))) return true
  return deeds.every((deed) => isOnLaterDay([deed], ofStory) || isAtOtherPlace([deed], ofStory))
}

/** Whether a claim states the day of what it tells, and a told claim states the same. */
export function isOfKnownDay(claim: StoryClaim, told: KnownClaim[]): boolean {
  const days = eventDaysIn(claim.text, datedAt(claim).epochMilliseconds)
  if (days.length === 0) return false
  const known = new Set(told.flatMap(({ text, at }) => eventDaysIn(text, at.epochMilliseconds)))
  return days.some((day) => known.has(day))
}

const disastersOf = (claims: { text: string }[]): Set<string> =>
  disastersIn(claims.flatMap(({ text }) => termsIn(text)))

/** Whether a claim tells only of a day or a year that is past. The highest figure since then is one of now. */
const isPast = (claim: StoryClaim): boolean =>
  tellsPast(claim.text, datedAt(claim).epochMilliseconds) && !highestSince.test(claim.text)

const highestSince = /\b(?:highest|lowest|largest|biggest|heaviest|deadliest|worst|most|first)\b[^.;]{0,60}\bsince\b/i

/** Whether a claim says that something goes on, and not that it began. */
export const saysContinuing = (text: string): boolean => continuing.test(text)

const continuing =
  /\b(?:continu(?:e|es|ed|ing)|remain(?:s|ed)?|still|ongoing|persist(?:s|ed)?|keeps? (?:on )?\p{L}+ing|goes on|went on|no change)\b/iu

/** Figures of these kinds change a story: who died, how large it is, and who is cut off. */
const deciding = new Set<Fact['role']>([
  ...(['killed', 'wounded', 'missing', 'launched', 'drones launched', 'without power'] as const),
  ...(['without water', 'displaced', 'moved', 'damaged'] as const),
])

/** The figures of claims that are others than those that were told: more dead, or another scale. */
function newFigures(claims: StoryClaim[], told: KnownClaim[]): Fact[] {
  const before = told.flatMap(({ facts }) => facts)
  return claims.flatMap(({ facts }) => facts.filter((fact) => isNewFigure(fact, before)))
}

function isNewFigure(fact: Fact, before: Fact[]): boolean {
  if (!deciding.has(fact.role)) return false
  const highest = highestFigure(before, fact.role)
  const isToll = fact.role === 'killed' || fact.role === 'wounded' || fact.role === 'missing'
  return fact.low > highest * (isToll ? 1 : 1 + sameShare)
}
