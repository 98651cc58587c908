import { type Span, textOf } from '../passages/page.ts'
import { coverage } from './lexicon.ts'
import type { ListItem } from './list-item.ts'
import { countsOf } from './outcome-figures.ts'
import { type Quotation, type QuotedClaim, quotationAround } from './quotation.ts'
import type { Sentences } from './report.ts'
import { isShortReport, leadOf } from './short-report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { addsToOthers } from './wording.ts'

/** A sentence of the body, and the quotation around it. */
export type Candidate = { best: Statement; quotation: Quotation }

/** The sentences outside a list that share words with a claim, by how much of its weight they hold. */
export type ReportBody = {
  isInBody: (statement: Statement) => boolean
  shareOf: (statement: Statement) => number
  sharing: Statement[]
}

/** The body for a claim; `taken` are quotations in it that tell of other claims. */
export function bodyFor(
  item: ListItem,
  list: ListItem[],
  claim: QuotedClaim,
  { statements, lexicon }: Sentences,
  taken: Span[] = [],
): ReportBody {
  const listStart = list[0]?.start ?? item.start
  const listEnd = list.at(-1)?.end ?? item.end
  const isTaken = ({ start, end }: Span) => taken.some((span) => start < span.end && end > span.start)
  const isInBody = (statement: Statement) =>
    statement.part.kind !== 'heading' &&
    (statement.end <= listStart || statement.start >= listEnd) &&
    !isTaken(statement)
  const shares = coverage(claim.stems, statements, lexicon)
  const shareOf = ({ index }: Statement) => shares[index] ?? 0
  const least = isShortReport({ statements }) ? 0 : leastShare
  const sharing = statements.filter((each) => shareOf(each) > least && isInBody(each))
  return { isInBody, shareOf, sharing: sharing.sort((a, b) => shareOf(b) - shareOf(a) || a.index - b.index) }
}

/** In a long report, many sentences share a common word or two with a claim. */
const leastShare = 0.11

/** So many sentences are looked at, whose share is nearly the highest. */
const maxCandidates = 3
const nearlyHighest = 0.85
/** A sentence with the counts of the claim may hold less of its other words. */
const highWithCounts = 0.6
/** So many sentences of a long report are asked whether they tell of another event. */
export const maxCompared = 8

/**
 * The sentences that hold most of the claim, with the quotations around them. In a long report, what tells of another event
 * in the same words is left out, so that it is no measure for the others.
 */
function bestFor(claim: QuotedClaim, { sharing }: ReportBody, report: Sentences): IteratorObject<Candidate> {
  const candidateAt = (best: Statement) => ({ best, quotation: quotationAround(best, claim, report) })
  if (isShortReport(report)) return sharing.values().map(candidateAt)
  const isSame = ({ quotation }: Candidate) => !claim.isOtherEvent(textOf(report.page, quotation))
  return sharing.values().take(maxCompared).map(candidateAt).filter(isSame)
}

/**
 * The candidate that holds most of the claim, and those behind it that hold nearly as much and add to no other sentence.
 * Those with the counts of the claim go before the others. The lead of a short report comes last.
 */
export function* nearlyBest(claim: QuotedClaim, body: ReportBody, report: Sentences): Generator<Candidate> {
  const { page } = report
  const given: Statement[] = []
  for (const candidate of countingFirst(claim, body, report)) {
    const sentence = textOf(page, candidate.best)
    if (!isTelling(candidate.best, page.text) || (given.length > 0 && addsToOthers(sentence))) continue
    given.push(candidate.best)
    yield candidate
    if (given.length === maxCandidates) break
  }
  const lead = leadOf(report, body.isInBody)
  if (lead && !given.includes(lead)) yield { best: lead, quotation: quotationAround(lead, claim, report) }
}

/** The candidates that hold nearly as much as the first; before them those with the counts of the claim, where it has some. */
function* countingFirst(claim: QuotedClaim, body: ReportBody, report: Sentences): Generator<Candidate> {
  const share = ({ best }: Candidate) => body.shareOf(best)
  const found = bestFor(claim, body, report)
  const hasCounts = countsOf(claim.text)
  // Without counts, candidates are only worked out as far as they are looked at.
  const all = hasCounts ? [...found] : []
  const least = (all[0] ? share(all[0]) : 0) * highWithCounts
  const isCounting = (each: Candidate) => share(each) >= least && hasCounts?.(textOf(report.page, each.best))
  const counting = new Set(all.filter(isCounting))
  yield* counting
  let highest: number | undefined
  for (const candidate of hasCounts ? all : found) {
    highest ??= share(candidate)
    if (share(candidate) < highest * nearlyHighest) break
    if (!counting.has(candidate)) yield candidate
  }
}
