import { lettersOf } from '../../../platform/text/letters-of.ts'
import { groupsOf } from '../../mail/matched-takeaway.ts'
import { tellsDispute } from './denials.ts'
import { figureRows } from './figure-rows.ts'
import { headlineOf } from './headline.ts'
import { attacksOnce, toldOfStory } from './same-event.ts'
import { statusOf } from './status.ts'
import type { KnownClaim, PlannedStory, StoryClaim } from './story.ts'
import { heavierFirst, weightOf } from './weight.ts'

/**
 * The stories of a mail, the heaviest first: the claims of each, what it is to readers who were `told` these claims of its
 * thread, or of the same event, before, its headline and its figures.
 */
export function planStories(claims: StoryClaim[], told: KnownClaim[], attackOf = attacksOnce()): PlannedStory[] {
  return groupsOf(claims, ({ story }) => story)
    .map((own) => planStory(own, toldOfStory(own, told, attackOf)))
    .toSorted(heavierFirst)
}

function planStory(own: [StoryClaim, ...StoryClaim[]], told: KnownClaim[]): PlannedStory {
  const all = own.toSorted((a, b) => strength(b) - strength(a) || b.position - a.position) as typeof own
  const publishers = new Set(all.map(({ publisher }) => publisher)).size
  const status = statusOf(all, told)
  const claims = status === 'continuing' ? all : untold(all, told)
  const alerts = told.filter(({ story, isAlert }) => isAlert && story === all[0].story)
  return {
    id: all[0].story,
    status,
    headline: headlineOf(claims),
    claims,
    publishers,
    weight: weightOf(all, status, publishers),
    isDisputed: all.some(({ text }) => tellsDispute(text)),
    figures: figureRows(all),
    alertedAt:
      alerts
        .map(({ at }) => at)
        .sort(Temporal.Instant.compare)
        .at(-1) ?? null,
  }
}

/** The claims that readers were not told in these words before; all of them where they know each one. */
function untold(claims: [StoryClaim, ...StoryClaim[]], told: KnownClaim[]): typeof claims {
  const known = new Set(told.map(({ text }) => lettersOf(text)))
  const [first, ...others] = claims.filter(({ text }) => !known.has(lettersOf(text)))
  return first ? [first, ...others] : claims
}

/** A claim with figures and a strong match tells its story best. */
function strength({ matches, facts }: StoryClaim): number {
  return Math.max(0, ...matches.map(({ score }) => score)) + Math.min(2, facts.length) * 0.2
}
