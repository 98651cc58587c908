import { textOf } from '../passages/page.ts'
import { tokensOf } from '../tokens.ts'
import { maxQuoteLength } from './addition.ts'
import { type Candidate, maxCompared, type ReportBody } from './candidates.ts'
import { carries, extended, type FoundEvidence } from './carrying.ts'
import { sharedCount, stemsOf } from './lexicon.ts'
import { namesIn } from './place-names.ts'
import { type Quotation, type QuotedClaim, quotationOf } from './quotation.ts'
import type { Sentences } from './report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { maxFewStems } from './tells-claim.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/** A wider quotation has at most so many sentences; each one beside the first brings so many stems of the claim. */
const maxSentences = 3
const minBrought = 2
/** It must hold this share of the claim's weight, beside half of its stems. */
const minShare = 0.3
/** Its first sentence holds this share alone. */
const minAlone = 0.12
const minAloneAdding = 0.4
/** A sentence that adds to others counts as if it held so much less. */
const lostByAdding = 0.1

/**
 * The quotation of a claim that no sentence tells in its own words: up to three sentences of one passage that hold half of
 * its words together, and one of its names. With what its passage adds, it carries the claim.
 */
export function widerQuotation(claim: QuotedClaim, body: ReportBody, report: Sentences): FoundEvidence | undefined {
  // Of a claim with few words, the one that is missing may be what it says.
  if (claim.stems.size <= maxFewStems) return undefined
  const names = namesIn(claim.text)
  const isNamed = (quote: string) => names.length === 0 || names.some((name) => quote.includes(name))
  const mayTell = ({ quotation }: Candidate) => {
    const quote = textOf(report.page, quotation)
    return isNamed(quote) && isAsDenied(claim, quote) && !isOtherRegion(claim.text, quote)
  }
  return body.sharing
    .slice(0, maxCompared)
    .filter((best) => body.shareOf(best) >= minAlone)
    .map((best) => ({ best, quotation: widened(best, claim, report) }))
    .filter(({ quotation }) => holdsHalf(quotation, claim))
    .filter(({ best }) => mayBegin(best, body.shareOf(best), report))
    .filter(mayTell)
    .sort((a, b) => rank(b, report) - rank(a, report))
    .values()
    .filter(({ best }) => !claim.isOtherEvent(textOf(report.page, best)))
    .map((told) => ({ told, extended: extended(claim, told, report) }))
    .find((found) => carries([found.extended.quotation], claim, report.statements))
}

/** What adds to others must hold more alone. */
function mayBegin(best: Statement, share: number, { page }: Sentences): boolean {
  const sentence = textOf(page, best)
  const isApart = share >= minAloneAdding || !addsToOthers(sentence)
  return isApart && isTelling(best, page.text) && !dependsOnPrevious(sentence)
}

function holdsHalf({ stems, share }: Quotation, claim: QuotedClaim): boolean {
  return sharedCount(claim.stems, stems) * 2 >= claim.stems.size && share >= minShare
}

/** What a claim says did not happen is not told by a sentence that says what did, and the other way round. */
const isAsDenied = (claim: QuotedClaim, quote: string) =>
  denies(claim.text) ? denies(quote) : !deniesTold(quote, claim)

/** Whether two texts name regions by the compass, and none in common: `the southern axis`, `eastern Dara`. */
function isOtherRegion(claim: string, quote: string): boolean {
  const [own, quoted] = [claim, quote].map((text) => new Set(text.toLowerCase().match(regions)))
  return own !== undefined && quoted !== undefined && own.size > 0 && quoted.size > 0 && own.isDisjointFrom(quoted)
}

const regions = /\b(?:north|south|east|west)(?:east|west)?ern\b/g

const rank = ({ best, quotation }: Candidate, { page }: Sentences): number =>
  quotation.share - (addsToOthers(textOf(page, best)) ? lostByAdding : 0)

/** Whether a text says that something did not happen, or that this did not happen which the claim tells. */
const denies = (text: string) => /\b(?:not|no|never|unable|failed to|without)\b/i.test(text)
const deniesTold = (quote: string, { stems }: QuotedClaim) =>
  (quote.match(denied) ?? []).some((words) => !stems.isDisjointFrom(stemsOf(tokensOf(words))))
const denied = /\b(?:not|never|unable to|failed to) (?:\p{Ll}+ly )?\p{Ll}+/giu

/** A sentence with those around it that bring most of what it lacks of the claim. */
function widened(best: Statement, claim: QuotedClaim, { page, statements, lexicon }: Sentences): Quotation {
  let [from, to] = [best.index, best.index]
  let quotation = quotationOf([best], claim, lexicon)
  const isLeaning = (sentence: string) => addsToOthers(sentence) || dependsOnPrevious(sentence)
  while (to - from + 1 < maxSentences) {
    const missing = claim.stems.difference(quotation.stems)
    const brings = (statement: Statement | undefined) =>
      statement?.part === best.part ? sharedCount(missing, statement.stems) : 0
    const [before, after] = [statements[from - 1], statements[to + 1]]
    const [byBefore, byAfter] = [brings(before), brings(after)]
    if (Math.max(byBefore, byAfter) < minBrought) break
    const isBefore = before && byBefore > byAfter && !isLeaning(textOf(page, before))
    if (!isBefore && byAfter < minBrought) break
    const [first, last] = isBefore ? [from - 1, to] : [from, to + 1]
    const wider = quotationOf(statements.slice(first, last + 1), claim, lexicon)
    if (wider.end - wider.start > maxQuoteLength) break
    from = first
    to = last
    quotation = wider
  }
  return quotation
}
