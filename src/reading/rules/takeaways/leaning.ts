import type { Page, Span } from '../passages/page.ts'
import { isBulletinLine } from './about-report.ts'
import { actorsIn } from './actors.ts'
import { attributionOf } from './attribution.ts'
import { hasUnnamedEvent } from './definite-nouns.ts'
import { evidenceIn, type Support } from './evidence.ts'
import { countOtherwise } from './outcome-figures.ts'
import { areElsewhere } from './place-names.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { comesAfter, dependsOnPrevious, isBareCount, namesToldEvent } from './wording.ts'

/**
 * The sentences that only go on from the claim of a title: those at the beginning of the text or behind what tells the
 * claim, as far as they lean on it. None is a claim of its own. What is on a topic leans on it also where it names its event by nothing else.
 */
export function leaningOn(
  claim: string,
  told: Span,
  prose: Statement[],
  text: string,
  isOnTopic: (statement: Statement) => boolean,
): Statement[] {
  const behind = prose.filter(({ start }) => start >= told.end)
  const textOf = (statement: Statement) => text.slice(statement.start, statement.end)
  const end = behind.findIndex((statement) => !goesOnFrom(claim, textOf(statement), isOnTopic(statement)))
  const leaning = behind.slice(0, end < 0 ? behind.length : end)
  return leaning
    .filter((statement) => isTelling(statement, text) || isBulletinLine(textOf(statement)))
    .slice(0, maxLeaning)
}

/** A title has at most so many sentences that go on from it. */
const maxLeaning = 4

/** Whether a sentence refers to what the claim tells, and names no event, toll or place of its own. */
function goesOnFrom(claim: string, sentence: string, isOnTopic: boolean): boolean {
  if (isBulletinLine(sentence)) return true
  if (beginsOther.test(sentence)) return false
  const isBefore = comesAfter(sentence)
  const leans = isBefore || dependsOnPrevious(sentence) || namesToldEvent(sentence) || isBareCount(sentence)
  if (!leans && !(isOnTopic && hasUnnamedEvent(sentence))) return false
  if (namesOtherSource(claim, sentence)) return false
  const isOwnEvent = !actorsIn(sentence).isSubsetOf(actorsIn(claim))
  const isOwnToll = !isBefore && countOtherwise(claim, sentence)
  return !isOwnEvent && !isOwnToll && !areElsewhere(claim, sentence)
}

/** Whether somebody by name or office speaks in a claim, and a sentence gives the words of another source. */
function namesOtherSource(claim: string, sentence: string): boolean {
  if (!cites.test(sentence)) return false
  const [speaker, source] = [attributionOf(claim), attributionOf(sentence)]
  if (speaker === null || source === null || general.test(speaker)) return false
  const known = new Set(speaker.toLowerCase().match(/\p{L}{3,}/gu))
  return !source
    .toLowerCase()
    .match(/\p{L}{3,}/gu)
    ?.some((word) => known.has(word))
}

/** Most sentences cite nobody at their end. */
const cites = /, (?:according to|citing) /
/** Those who speak for an event as a whole, and not for themselves. */
const general =
  /\b(?:officials?|authorities|police|sources?|residents|media|reports?|rescuers|medics|ministry|military|army|governors?|mayors?)\b/i

/** What a newsletter tells besides its headline: `Also, wheat is dear`. */
const beginsOther =
  /^(?:Also|Plus|And|Meanwhile|Elsewhere|Separately)(?:[,:]| (?!(?:the|its?|their|those|these|this|that)(?!\p{L})))/u

/** The support with sentences that go on from it, a quotation for each passage; those right behind it are a part of it. */
export function withLeaning(page: Page, { evidence, told }: Support, leaning: Statement[]): Support {
  const quotations = [...evidence]
  for (const { part, start, end } of leaning) {
    const last = quotations.at(-1)
    const isNext = last?.passage === part.n && page.text.slice(last.end, start).trim() === ''
    if (last && last.end >= end) continue
    const quotation = evidenceIn(page, part, { start: isNext ? last.start : start, end })
    quotations.splice(isNext ? -1 : quotations.length, isNext ? 1 : 0, quotation)
  }
  return { evidence: quotations, told: [...told, ...leaning] }
}
