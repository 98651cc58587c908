import { isExplainer } from '../../reading/rules/takeaways/title-claim.ts'
import { tellsDeed } from '../../stories/rules/deeds.ts'
import { namesAttack, tellsPast } from '../../stories/rules/event-days.ts'
import { factsIn } from '../../stories/rules/facts/facts-in.ts'
import { namesIn } from '../../stories/rules/names.ts'
import { struckPlacesIn } from '../../stories/rules/struck-places.ts'
import { termsIn } from '../../stories/rules/terms.ts'
import { datedAt, type ReportDates } from '../mail/matched-takeaway.ts'
import { changeOfFigures } from './alert-figures.ts'
import { isAtOtherPlace, isOnLaterDay } from './briefing/own-event.ts'
import { saysSame } from './briefing/says-same.ts'
import { isOfKnownDay, saysContinuing } from './briefing/status.ts'
import type { PlannedStory, StoryClaim, ToldClaim } from './briefing/story.ts'
import { tellsConsequence, tellsOutcome } from './consequences.ts'
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
  return changeOfFigures(fresh, told)?.kind ?? (hasNewState(onTopic, told) ? 'status' : null)
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
  if (tellsConsequence(text) || sumsUp(text)) return true
  if (tellsDeed(text.replace(planned, ''))) return false
  return saysContinuing(text) || ofStocks.test(text) || (isTalk.test(text) && namesAttack(text) && !tellsOutcome(text))
}

/**
 * Whether a text sums up what goes on: `Raids continue as Vardania destroys key roads`. A place that was struck, or a figure, makes
 * news of it.
 */
function sumsUp(text: string): boolean {
  const [main = '', beside] = text.split(/,? (?:as|while) /, 2)
  return beside !== undefined && saysContinuing(main) && struckPlacesIn(text).size === 0 && factsIn(text).length === 0
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

/**
 * Whether a story is no part of what was told: another day, another place, or told apart by its claims. A deed in a story of
 * which only a digest told counts too: its readers had no alert of it.
 */
function isOwnEvent(story: PlannedStory, fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const isKnown = told.some((each) => each.story === story.id)
  const isAlerted = told.some(({ isAlert }) => isAlert)
  if (!isAlerted && fresh.some(({ text }) => tellsDeed(text))) return true
  if (!isKnown) {
    const isApart = (claim: StoryClaim) => !isOfKnownDay(claim, told) && !retellsState(claim, told)
    return fresh.some((claim) => (claim.isShort || tellsDeed(claim.text)) && isApart(claim))
  }
  return isOnLaterDay(fresh, told) || isAtOtherPlace(fresh, told)
}

/** Whether a claim tells again what became of something that readers were told of by the same names: who was arrested for it. */
function retellsState({ text }: StoryClaim, told: ToldClaim[]): boolean {
  const states = statesIn(text)
  if (states.size === 0) return false
  const { names } = namesIn(text)
  const isNamedIn = (known: string) => names.intersection(new Set(termsIn(known))).size >= minSharedNames
  return told.some((each) => states.isSubsetOf(statesIn(each.text)) && isNamedIn(each.text))
}

const minSharedNames = 2

function hasNewState(fresh: StoryClaim[], told: ToldClaim[]): boolean {
  const known = new Set(told.flatMap(({ text, title }) => [...statesIn(text), ...statesIn(title)]))
  // What an attack destroyed is a part of the attack.
  if (told.some(({ text }) => tellsDeed(text))) known.add('destroyed')
  return fresh.some(({ text }) => !statesIn(text).isSubsetOf(known))
}

/** Whether a claim tells only of a day or a year that is past. */
function isPast(claim: JudgedClaim): boolean {
  return tellsPast(claim.text, msOf(claim))
}

const msOf = (claim: JudgedClaim): number => datedAt(claim).epochMilliseconds
