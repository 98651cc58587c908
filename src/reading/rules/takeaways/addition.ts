import { textOf } from '../passages/page.ts'
import { onlyAttempts } from './attempts.ts'
import { attributionOf } from './attribution.ts'
import type { Candidate } from './candidates.ts'
import { sharedCount } from './lexicon.ts'
import { areCountedOtherwise, figuresIn, haveOutcome, outcomeFigures } from './outcome-figures.ts'
import { minNearStems, type Quotation, type QuotedClaim } from './quotation.ts'
import type { Sentences } from './report.ts'
import { isReservation } from './reservations.ts'
import { isShortReport } from './short-report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/** A figure or a named source so many sentences after the words that tell the claim belongs to its quotation. */
const maxSentencesToAddition = 3
export const maxQuoteLength = 700

/**
 * The end of a quotation that also holds what its passage says next: a figure or a named source that the claim does not
 * have, else the sentence that goes on from an echo; and the reservation right behind it.
 */
export function endOfAddition(claim: QuotedClaim, candidate: Candidate, report: Sentences): number {
  const following = behind(candidate, report)
  // Most quotations end their passage, and then it does not matter what they say.
  if (following.length === 0) return candidate.quotation.end
  const end = endOfNextFact(claim, candidate, following, report)
  const next = following.find(({ start }) => start >= end)
  return next && isReservation(textOf(report.page, next)) ? next.end : end
}

/** The sentences of a passage behind the quotation that may belong to it. */
function behind({ best, quotation }: Candidate, { statements }: Sentences): Statement[] {
  return statements
    .slice(best.index + 1, best.index + 1 + 2 * maxSentencesToAddition)
    .filter(
      ({ part, start, end }) => part === best.part && start >= quotation.end && end - quotation.start <= maxQuoteLength,
    )
}

/** Before another toll or another matter, the quotation ends as it is. */
function endOfNextFact(
  claim: QuotedClaim,
  { quotation }: Candidate,
  following: Statement[],
  report: Sentences,
): number {
  const { page } = report
  const quote = textOf(page, quotation)
  const isAttempt = onlyAttempts(quote, claim.text)
  if (!isAttempt && !isBare(quotation, claim) && adds(quote, claim.text)) return quotation.end
  const same: Statement[] = []
  const told = outcomeFigures(`${claim.text} ${quote}`)
  for (const each of following.slice(0, maxSentencesToAddition)) {
    const addition = textOf(page, each)
    if (!isTelling(each, page.text) || isOtherMatter(addition, each, claim)) break
    if (haveOutcome(told) && areCountedOtherwise(told, outcomeFigures(addition))) break
    if (adds(addition, claim.text)) return each.end
    same.push(each)
  }
  const [first] = same
  const goesOn = first && (isAttempt || (isEcho(quotation, claim) && leadsOn(first, claim, report)))
  return goesOn ? first.end : quotation.end
}

/** Whether a quotation has no word of its own but a date: it names nobody whom the claim does not name. */
const isBare = ({ stems }: Quotation, claim: QuotedClaim): boolean =>
  [...stems].every((stem) => claim.stems.has(stem) || ofDate.test(stem))
const ofDate =
  /^(?:\d{1,2}$|(?:19|20)\d\d$|januari$|februari$|march$|april$|mai$|june?$|juli?$|august$|septemb|octob|novemb|decemb)/

/** An echo has hardly a word of its own. */
const maxOwnStems = 3
const isEcho = ({ stems }: Quotation, claim: QuotedClaim): boolean =>
  stems.size - sharedCount(stems, claim.stems) <= maxOwnStems

/** In a long report, a sentence goes on from an echo if it refers to it or shares two of its words. */
function leadsOn(statement: Statement, claim: QuotedClaim, report: Sentences): boolean {
  if (isShortReport(report)) return false
  const shared = sharedCount(claim.stems, statement.stems)
  return shared > 1 || dependsOnPrevious(textOf(report.page, statement))
}

/** Whether a sentence adds a thing to others that the claim does not tell of. */
function isOtherMatter(sentence: string, statement: Statement, claim: QuotedClaim): boolean {
  return addsToOthers(sentence) && sharedCount(claim.stems, statement.stems) < minNearStems
}

/** Whether a sentence has a figure or a speaker that the claim does not have. */
function adds(sentence: string, claim: string): boolean {
  const known = new Set(figuresIn(claim))
  if (figuresIn(sentence).some((figure) => !known.has(figure))) return true
  const source = attributionOf(sentence)
  return source !== null && !claim.includes(source)
}
