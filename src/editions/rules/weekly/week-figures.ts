import { sentencesOf } from '../../../reading/rules/takeaways/sentences.ts'
import { crisesIn } from '../../../stories/rules/crises.ts'
import { tellsPast } from '../../../stories/rules/event-days.ts'
import { compareFigures } from '../../../stories/rules/facts/compare-figures.ts'
import type { Fact } from '../../../stories/rules/facts/fact.ts'
import { termsIn } from '../../../stories/rules/terms.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import type { StoryClaim } from '../briefing/story.ts'
import { dayOfClaim } from './day-of-claim.ts'
import type { TopFigure, Week, WeekFigure, WeekThread } from './week.ts'

/** The figures of which a week gives the largest, in this order. */
const roles: Fact['role'][] = [
  ...(['killed', 'wounded', 'missing', 'launched', 'drones launched'] as const),
  ...(['without power', 'displaced', 'moved', 'damaged'] as const),
]

/**
 * The largest figure of each kind that a thread tells, beside the largest that short reports on the same thread or the same war told
 * the week before. Neither shares (`70% of Kyiv`) nor words such as `thousands` can be compared.
 */
export function figuresOf({ claims }: WeekThread, before: StoryClaim[], week: Week): WeekFigure[] {
  const threads = new Set(claims.map(({ thread }) => thread))
  const crises = crisesOf(claims)
  const isRelated = (claim: StoryClaim) =>
    threads.has(claim.thread) || (claim.isShort && !crisesOf([claim]).isDisjointFrom(crises))
  const earlier = before.filter(isRelated)
  return roles.flatMap((role) => {
    const [now] = topFigures(claims, role, week)
    const comparable = topFigures(earlier, role, week).find(
      ({ fact }) => now && compareFigures(fact, now.fact) !== 'unlike',
    )
    return now ? [{ role, now, before: comparable ?? null }] : []
  })
}

const crisesOf = (claims: StoryClaim[]): Set<string> =>
  crisesIn(claims.flatMap(({ text, item, isShort }) => termsIn(isShort ? `${item.title}. ${text}` : text)))

/** The figures of a role, the largest first. */
function topFigures(claims: StoryClaim[], role: Fact['role'], week: Week): TopFigure[] {
  return claims
    .flatMap((claim) => claim.facts.map((fact) => ({ fact, claim })))
    .filter(({ fact, claim }) => fact.role === role && isNumber(fact) && isOfNow(fact, claim))
    .toSorted((a, b) => b.fact.low - a.fact.low || b.fact.high - a.fact.high)
    .map((top) => ({ ...top, date: dayOfClaim(top.claim, week) }))
}

/** A number, written in digits or in words, and no share or vague word. */
const isNumber = ({ unit, value }: Fact): boolean =>
  unit !== 'share' && !/\b(?:dozens|scores|tens of|hundreds|thousands|millions|several|many)\b/i.test(value)

/** Whether a figure is told of these days: not of other years, not of all the time until now, and not of what may come. */
function isOfNow({ start }: Fact, claim: StoryClaim): boolean {
  const { text } = claim
  const sentence = sentencesOf(text).find((span) => span.start <= start && span.end > start)
  const words = sentence ? text.slice(sentence.start, sentence.end) : text
  return !tellsPast(text, datedAt(claim).epochMilliseconds) && !ofAnotherTime.test(words)
}

const ofAnotherTime =
  /\b(?:will|would|could|may|might|expect\p{L}*|forecast\p{L}*|estimat\p{L}*|this year|last year|so far|in total|since (?:\p{Lu}|the (?:start|beginning)|20\d\d|19\d\d))\b/u
