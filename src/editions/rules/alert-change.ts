import { isExplainer, titleClaim } from '../../reading/rules/takeaways/title-claim.ts'
import { tellsDeed } from '../../stories/rules/deeds.ts'
import { eventDaysIn, namesAttack, tellsPast } from '../../stories/rules/event-days.ts'
import type { Fact } from '../../stories/rules/facts/fact.ts'
import { factsIn } from '../../stories/rules/facts/facts-in.ts'
import { namesIn } from '../../stories/rules/names.ts'
import { struckPlacesIn } from '../../stories/rules/struck-places.ts'
import { datedAt, type ReportDates } from '../mail/matched-takeaway.ts'
import { highestFigure, sameShare } from './briefing/highest-figure.ts'
import { saysSame } from './briefing/says-same.ts'
import { isOfKnownDay, saysContinuing } from './briefing/status.ts'
import type { PlannedStory, StoryClaim, ToldClaim } from './briefing/story.ts'
import { statesIn } from './states-in.ts'

/**
 * Why a story may interrupt readers who were told these claims of its thread before. `new`: they were told nothing, or an event
 * of its own began: at another place, on another day. `dead`, `scale`, `status`: more died, the figure that tells its scale is
 * another one, or its state is. Null: it says again what they know, tells more of it, goes on, or tells only of the past, of
 * stocks and repairs, or deep in a report.
 */
export type AlertChange = 'new' | 'dead' | 'scale' | 'status'

export function alertChange(story: PlannedStory, told: ToldClaim[]): AlertChange | null {
  const news = story.claims.filter(mayInterrupt)
  if (news.length === 0 || story.status === 'continuing') return null
  if (told.length === 0) return news.some(isOnTopic) ? 'new' : null
  const fresh = news.filter(({ text }) => !told.some((each) => saysSame(each.text, text)))
  if (fresh.length === 0) return null
  const onTopic = fresh.filter(isOnTopic)
  if (isOwnEvent(story, onTopic, told)) return 'new'
  return changeOfFigures(fresh, told) ?? (hasNewState(onTopic, told) ? 'status' : null)
}

/** What of a claim decides whether it may interrupt anybody. */
export type JudgedClaim = Pick<StoryClaim, 'kind' | 'isShort' | 'text'> & { item: ReportDates & { title: string } }

/** Whether a claim is of the kind that alerts tell: put forward by its publisher, and not of the past, of stocks or repairs. */
export const mayInterrupt = (claim: JudgedClaim): boolean =>
  isPutForward(claim) && !isPast(claim) && !isCalm(claim.text)

/**
 * Whether its publisher puts a claim forward: in a title, a list of its own, or a short item that is no explainer. What stands
 * deep in a report is for the digest.
 */
function isPutForward({ kind, isShort, item }: JudgedClaim): boolean {
  return kind === 'stated' || (isShort && !isExplainer(item.title))
}

/** What is on no topic itself may raise the figures of a story, and does no more. */
const isOnTopic = ({ matches }: StoryClaim): boolean => matches.some(({ via }) => via !== 'story')

/**
 * Whether a text tells nothing that happened: that something goes on, is used up or repaired, or only speaks of attacks. What is
 * left of an arsenal is no news, whatever it was fired at.
 */
function isCalm(text: string): boolean {
  if (ofArsenal.test(text)) return true
  if (tellsDeed(text.replace(planned, ''))) return false
  return saysContinuing(text) || ofStocks.test(text) || (isTalk.test(text) && namesAttack(text) && !tellsOutcome(text))
}

/** An attack that is only planned: `are planning false flag attacks on`. */
const planned =
  /\b(?:plan(?:s|ned|ning)?|prepar(?:es?|ing)|threaten(?:s|ed|ing)?|vow(?:s|ed)?|wants?)\b[^.,;]{0,60}?\b(?:attacks?|strikes?|hit)\b(?: on)?/giu
/** Words of what is feared, planned, assessed or looked into. */
const isTalk =
  /\b(?:likely|probably|may|might|could|plan(?:s|ned|ning)?|prepar(?:es?|ing)|threat(?:s|ens?|ened)?|fears?|investigat(?:e[sd]?|ing|ions?)|prosecutors?|assess(?:es|ed)?|discuss(?:es|ed)?|(?:weeks|months|years) (?:after|ago))\b/i
const ofArsenal = /\bof (?:its|their) (?:[\w-]+ ){0,3}(?:missiles|weapons|weapon systems|shells|ammunition)\b/i
const ofStocks =
  /\b(?:(?:arsenals?|stockpiles?|stocks|reserves) (?:of|is|are|was|were)|deplet(?:e|es|ed|ing)|(?:has|have) used (?:up|over|about|more|nearly|\d)|replenish(?:es|ed|ing)?|repair(?:s|ed|ing)?|restor(?:es|ed|ing)|reconnected|(?:is|are) back)\b/i

/** Whether a text tells a state, or a figure that tells how many died or how large something is. */
const tellsOutcome = (text: string): boolean => statesIn(text).size > 0 || factsIn(text, null).some(isOutcome)

const isOutcome = ({ role }: Fact): boolean => deadRoles.has(role) || scaleRoles.has(role)

/**
 * Whether a story is no part of what was told: another day, another place, or told apart by its claims. A deed in a story of
 * which only a digest told counts too: its readers had no alert of it.
 */
function isOwnEvent(story: PlannedStory, fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const isKnown = told.some((each) => each.story === story.id)
  const isAlerted = told.some(({ isAlert }) => isAlert)
  if (!isAlerted && fresh.some(({ text }) => tellsDeed(text))) return true
  if (!isKnown) return fresh.some((claim) => (claim.isShort || tellsDeed(claim.text)) && !isOfKnownDay(claim, told))
  return isOnLaterDay(fresh, told) || isAtOtherPlace(fresh, told)
}

function isOnLaterDay(fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const known = told.flatMap(({ text, dated }) => eventDaysIn(text, dated.epochMilliseconds))
  if (known.length === 0) return false
  const days = fresh.map((claim) => eventDaysIn(claim.text, msOf(claim)))
  return days.some((own) => own.length > 0 && Math.min(...own) > Math.max(...known))
}

/** Whether a claim of an attack names places, and what was told none of them. */
function isAtOtherPlace(fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const struck = fresh.filter(({ text }) => namesAttack(text)).map(({ text }) => struckPlacesIn(text))
  const named = struck.filter(({ size }) => size > 0)
  if (named.length === 0) return false
  const names = told.map(({ text }) => namesIn(text))
  const known = new Set(names.flatMap((each) => [...each.places, ...each.names]))
  return named.some((places) => places.isDisjointFrom(known))
}

const deadRoles = new Set<Fact['role']>(['killed', 'missing'])
const scaleRoles = new Set<Fact['role']>([
  ...(['launched', 'drones launched', 'without power', 'without water', 'displaced', 'moved'] as const),
])
/** What the figures of fresh claims change; a vague one (`hundreds`) tells no scale. */
function changeOfFigures(fresh: StoryClaim[], told: ToldClaim[]): 'dead' | 'scale' | null {
  const before = figuresOf(told)
  const now = fresh.flatMap(({ facts, isShort, item }) => [...facts, ...(isShort ? titleFacts(item.title) : [])])
  const highest = (role: Fact['role']) => highestFigure(before, role)
  if (now.some(({ role, low }) => deadRoles.has(role) && low > highest(role))) return 'dead'
  const isLarger = ({ role, low, high }: Fact) => low === high && low > highest(role) * (1 + sameShare)
  return now.some((fact) => scaleRoles.has(fact.role) && isLarger(fact)) ? 'scale' : null
}

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

const titleFacts = (title: string): Fact[] => factsIn(titleClaim(title, true) ?? '', null)

function hasNewState(fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const known = new Set(told.flatMap(({ text, title }) => [...statesIn(text), ...statesIn(title)]))
  return fresh.some(({ text }) => !statesIn(text).isSubsetOf(known))
}

/** Whether a claim tells only of a day or a year that is past. */
function isPast(claim: JudgedClaim): boolean {
  return tellsPast(claim.text, msOf(claim))
}

const msOf = (claim: JudgedClaim): number => datedAt(claim).epochMilliseconds
