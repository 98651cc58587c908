import { attackersIn } from '../../../stories/rules/attackers.ts'
import { eventDaysIn, namesAttack } from '../../../stories/rules/event-days.ts'
import { areOthers } from '../../../stories/rules/likeness.ts'
import { struckPlacesIn } from '../../../stories/rules/struck-places.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import type { KnownClaim, StoryClaim } from './story.ts'

/** What identifies an attack: where it struck, who struck, the days that are stated, and when it was told, in epoch ms. */
type Attack = { places: Set<string>; attackers: Set<string>; days: Set<number>; at: number }

/**
 * What readers know of the story of some claims: what they were told of its thread, and what other stories told of the same
 * attack in other words. The latter counts as told of this story.
 */
export function toldOfStory<Known extends KnownClaim>(
  claims: [StoryClaim, ...StoryClaim[]],
  told: Known[],
  attackOf: AttackLookup = attackToldBy,
): Known[] {
  const [{ story, thread }] = claims
  if (told.length === 0) return []
  const own = claims.flatMap((claim) => attackIn(claim.text, datedAt(claim)) ?? [])
  return told.flatMap((each) => {
    if (each.story === story) return [each]
    const known = own.length > 0 ? attackOf(each) : null
    if (known && own.some((attack) => isSameAttack(attack, known))) return [{ ...each, story, thread }]
    return each.thread === thread ? [each] : []
  })
}

/** Gives the attack that a told claim tells; null for none. */
export type AttackLookup = (told: KnownClaim) => Attack | null

/** Looks up the attack of each told claim only once. */
export function attacksOnce(): AttackLookup {
  const found = new Map<KnownClaim, Attack | null>()
  return (told) => {
    const known = found.get(told)
    if (known !== undefined) return known
    const attack = attackToldBy(told)
    found.set(told, attack)
    return attack
  }
}

const attackToldBy = ({ text, at, dated = at }: KnownClaim): Attack | null => attackIn(text, dated)

function attackIn(text: string, dated: Temporal.Instant): Attack | null {
  if (!namesAttack(text)) return null
  const places = struckPlacesIn(text)
  const at = dated.epochMilliseconds
  return places.size === 0 ? null : { places, attackers: attackersIn(text), days: new Set(eventDaysIn(text, at)), at }
}

/** One place, no other attacker, and one day: the stated one, or told within a day of each other. */
function isSameAttack(a: Attack, b: Attack): boolean {
  if (a.places.isDisjointFrom(b.places) || areOthers(a.attackers, b.attackers)) return false
  if (a.days.size === 0 && b.days.size === 0) return Math.abs(a.at - b.at) <= dayMs
  return !daysOf(a).isDisjointFrom(daysOf(b))
}

/** The stated days of an attack, else the day on which it was told and the one before, as days since 1970. */
function daysOf({ days, at }: Attack): Set<number> {
  const told = Math.floor(at / dayMs)
  return days.size > 0 ? days : new Set([told - 1, told])
}

const dayMs = 86_400_000
