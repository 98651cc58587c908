import { titleClaim } from '../../reading/rules/takeaways/title-claim.ts'
import type { Fact } from '../../stories/rules/facts/fact.ts'
import { factsIn } from '../../stories/rules/facts/facts-in.ts'
import { namesIn } from '../../stories/rules/names.ts'
import { struckPlacesIn } from '../../stories/rules/struck-places.ts'
import {
  cutOffRoles,
  deadRoles,
  highestFigure,
  isOutcome,
  launchedRoles,
  sameShare,
} from './briefing/highest-figure.ts'
import type { StoryClaim, ToldClaim } from './briefing/story.ts'

/** What the figures of fresh claims change; a vague one (`hundreds`) tells no scale. */
export function changeOfFigures(fresh: StoryClaim[], told: ToldClaim[]): 'dead' | 'scale' | null {
  const before = figuresOf(told)
  if (fresh.some((claim) => hasMoreDead(claim, before, told))) return 'dead'
  const all = fresh.map(factsOf)
  const isLarger = ({ role, low, high }: Fact) =>
    cutOffRoles.has(role) && low === high && low > highestFigure(before, role) * (1 + sameShare)
  if (all.some((facts) => facts.some(isLarger))) return 'scale'
  return all.some((facts) => hasLaunchedMore(facts, before, told)) ? 'scale' : null
}

/** The words of a claim and of the title above it, where its report is short, each with its figures. */
function countsOf({ text, facts, isShort, item }: StoryClaim): { text: string; facts: Fact[] }[] {
  const title = isShort ? (titleClaim(item.title, true) ?? '') : ''
  return [
    { text, facts },
    { text: title, facts: factsIn(title, null) },
  ]
}

const factsOf = (claim: StoryClaim): Fact[] => countsOf(claim).flatMap(({ facts }) => facts)

/** More died than were told. A toll on no topic raises that of its story only if it counts at a place of the story. */
function hasMoreDead(claim: StoryClaim, before: Fact[], told: ToldClaim[]): boolean {
  const isRaised = ({ role, low }: Fact) => deadRoles.has(role) && low > highestFigure(before, role)
  const isFollower = claim.matches.every(({ via }) => via === 'story')
  return countsOf(claim).some(({ text, facts }) =>
    facts.some((fact) => isRaised(fact) && !(isFollower && isElsewhere(clauseAround(text, fact), told))),
  )
}

/** Whether a clause counts at places of which readers were not told, while they were told of others. */
function isElsewhere(clause: string, told: ToldClaim[]): boolean {
  const own = struckPlacesIn(clause)
  if (own.size === 0 || told.every(({ text }) => struckPlacesIn(text).size === 0)) return false
  const known = told.map(({ text, title }) => namesIn(`${text}\n${title}`))
  return known.every(({ names, places }) => own.isDisjointFrom(names) && own.isDisjointFrom(places))
}

function clauseAround(text: string, { start }: Fact): string {
  const ends = [...text.matchAll(clauseEnd)].map(({ index }) => index)
  const from = ends.findLast((end) => end < start) ?? 0
  return text.slice(
    from,
    ends.find((end) => end > start),
  )
}

const clauseEnd = /[;:]|, |\b(?:while|as|whereas) |[.!?]\s/gu

/**
 * Whether claims tell a larger attack by all that was launched, missiles and drones together: `90 missiles and 11 drones` is the
 * attack of `about 100 missiles`. A first count of an attack that was called massive is no larger one.
 */
function hasLaunchedMore(facts: Fact[], before: Fact[], told: ToldClaim[]): boolean {
  const exact = facts.filter(({ role, low, high }) => launchedRoles.has(role) && low === high)
  const known = launchedIn(before)
  if (exact.length === 0 || launchedIn(exact) <= known * (1 + sameShare)) return false
  return known > 0 || !told.some(({ text, title }) => scaleWords.test(`${title}\n${text}`))
}

const launchedIn = (facts: Fact[]): number =>
  [...launchedRoles].reduce((sum, role) => sum + highestFigure(facts, role), 0)

const scaleWords =
  /\b(?:massive|(?:largest|biggest|heaviest) (?:[\p{L}-]+ ){0,3}(?:attacks?|strikes?|barrages?|bombardments?|raids?|waves?)|(?:hundreds|dozens|scores|swarms?) of (?:[\p{L}-]+ ){0,3}(?:drones|missiles|rockets))\b/iu

/**
 * Whether all that a text counts was told of its story: no more dead, and no larger scale. A text that counts nothing is not
 * known by its figures.
 */
export function tellsKnownFigures(text: string, told: ToldClaim[]): boolean {
  const now = factsIn(text, null).filter(isOutcome)
  const before = figuresOf(told)
  return now.length > 0 && now.every(({ role, low }) => low <= highestFigure(before, role))
}

/** The figures of told claims and of the titles above them. */
const figuresOf = (told: ToldClaim[]): Fact[] => told.flatMap(({ facts, title }) => [...facts, ...factsIn(title, null)])
