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

/** What the figures of fresh claims change, with the words that tell it. */
export type FigureChange = { kind: 'dead' | 'scale'; text: string }

/** What the figures of fresh claims change; a vague one (`hundreds`) tells no scale. The title of a report comes first. */
export function changeOfFigures(fresh: StoryClaim[], told: ToldClaim[]): FigureChange | null {
  const before = figuresOf(told)
  const counts = fresh.flatMap(countsOf)
  const dead = counts.filter((count) => hasMoreDead(count, before, told))
  if (dead.length > 0) return { kind: 'dead', text: mostOf(dead, deadRoles).text }
  const isLarger = ({ role, low, high }: Fact) =>
    cutOffRoles.has(role) && low === high && low > highestFigure(before, role) * (1 + sameShare)
  const larger = counts.filter(({ facts }) => facts.some(isLarger) || hasLaunchedMore(facts, before, told))
  return larger.length > 0 ? { kind: 'scale', text: mostOf(larger, cutOffRoles).text } : null
}

/** The words with the highest figure of some roles; of equal ones the first. */
function mostOf(counts: Count[], roles: ReadonlySet<Fact['role']>): Count {
  const most = ({ facts }: Count) => Math.max(0, ...facts.filter(({ role }) => roles.has(role)).map(({ low }) => low))
  return counts.reduce((best, one) => (most(one) > most(best) ? one : best))
}

/** Words with their figures; `isFollower` if they are those of a claim on no topic. */
type Count = { text: string; facts: Fact[]; isFollower: boolean }

/** The words of the title above a claim, where its report is short, and those of the claim. */
function countsOf({ text, facts, isShort, item, matches }: StoryClaim): Count[] {
  const isFollower = matches.every(({ via }) => via === 'story')
  const title = isShort ? titleClaim(item.title, true) : null
  const ofTitle = title === null ? [] : [{ text: title, facts: factsIn(title, null), isFollower }]
  return [...ofTitle, { text, facts, isFollower }]
}

/** More died than were told. A toll on no topic raises that of its story only if it counts at a place of the story. */
function hasMoreDead({ text, facts, isFollower }: Count, before: Fact[], told: ToldClaim[]): boolean {
  const isRaised = ({ role, low }: Fact) => deadRoles.has(role) && low > highestFigure(before, role)
  return facts.some((fact) => isRaised(fact) && !(isFollower && isElsewhere(clauseAround(text, fact), told)))
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
