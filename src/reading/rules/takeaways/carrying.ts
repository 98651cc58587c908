import { type Span, textOf } from '../passages/page.ts'
import { endOfAddition, maxQuoteLength } from './addition.ts'
import type { Candidate } from './candidates.ts'
import type { QuotedClaim } from './quotation.ts'
import type { Sentences } from './report.ts'
import { isShortReport } from './short-report.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/** Whether spans hold half of the longer words of a claim together, as they are written. */
export function carries(spans: Span[], { words }: QuotedClaim, statements: Statement[]): boolean {
  const own = new Set(spans.flatMap((span) => tokensWithin(statements, span).map(({ lexeme }) => lexeme.word)))
  return words.filter((word) => own.has(word)).length * 2 >= words.length
}

/** The candidate that tells a claim, and with what its passage adds. */
export type FoundEvidence = { told: Candidate; extended: Candidate }

/** A candidate whose quotation goes on to what the passage adds, and in a long report until it carries the claim. */
export function extended(claim: QuotedClaim, found: Candidate, report: Sentences): Candidate {
  const added = { ...found, quotation: { ...found.quotation, end: endOfAddition(claim, found, report) } }
  return isShortReport(report) ? added : carrying(claim, added, report)
}

/** At most so many sentences are added before or behind. */
const maxMore = 2

/**
 * A quotation with the sentences of its passage behind it, or before it, that tell of the claim, if it holds half of the
 * claim's words with them; else as it is.
 */
function carrying(claim: QuotedClaim, candidate: Candidate, { page, statements }: Sentences): Candidate {
  const { best, quotation } = candidate
  const tellsOf = ({ stems }: Statement) => !claim.stems.isDisjointFrom(stems)
  const isWhole = (statement: Statement) => {
    const sentence = textOf(page, statement)
    return !addsToOthers(sentence) && !dependsOnPrevious(sentence)
  }
  const near = statements
    .slice(Math.max(0, best.index - 2 * maxMore), best.index + 3 * maxMore)
    .filter(({ part }) => part === best.part)
  const behind = near.filter(({ start }) => start >= quotation.end).slice(0, maxMore)
  const before = near.filter(({ end }) => end <= quotation.start).slice(-maxMore)
  const spans = [
    quotation,
    ...behind.filter(tellsOf).map(({ end }) => ({ start: quotation.start, end })),
    ...before
      .filter((each) => tellsOf(each) && isWhole(each))
      .toReversed()
      .map(({ start }) => ({ start, end: quotation.end })),
  ]
  const span = spans.find(
    ({ start, end }) => end - start <= maxQuoteLength && carries([{ start, end }], claim, statements),
  )
  return span ? { ...candidate, quotation: { ...quotation, ...{ start: span.start, end: span.end } } } : candidate
}
