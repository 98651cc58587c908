import { textOf } from '../passages/page.ts'
import { coverage } from './lexicon.ts'
import type { ListItem } from './list-item.ts'
import { countsOf } from './outcome-figures.ts'
import { type Claim, type Quotation, quotationAround } from './quotation.ts'
import type { Sentences } from './report.ts'
import { leadOf } from './short-report.ts'
import type { Statement } from './statement.ts'
import { addsToOthers, tells } from './wording.ts'

/** A sentence of the body, and the quotation around it. */
export type Candidate = { best: Statement; quotation: Quotation }

/** So many sentences are looked at, whose share is nearly the highest. */
const maxCandidates = 3
const nearlyHighest = 0.85
/** A sentence with the counts of the claim may hold less of its other words. */
const highWithCounts = 0.6

/** The sentences outside a list that share words with a claim. */
export function bodyFor(item: ListItem, list: ListItem[], claim: Claim, { statements, lexicon }: Sentences) {
  const listStart = list[0]?.start ?? item.start
  const listEnd = list.at(-1)?.end ?? item.end
  const isInBody = ({ part, start, end }: Statement) =>
    part.kind !== 'heading' && (end <= listStart || start >= listEnd)
  const shares = coverage(claim.stems, statements, lexicon)
  const shareOf = ({ index }: Statement) => shares[index] ?? 0
  return { isInBody, shareOf, sharing: statements.filter((each) => shareOf(each) > 0 && isInBody(each)) }
}

/**
 * The sentence outside the list that holds most of the item, and those behind it that hold nearly as much and add to no
 * other sentence. Those with the counts of the item go before the others. The lead of a short report comes last.
 */
export function candidatesFor(
  claim: Claim,
  { isInBody, shareOf, sharing }: ReturnType<typeof bodyFor>,
  report: Sentences,
): IteratorObject<Candidate> {
  const { page } = report
  const highest = sharing.reduce((most, statement) => Math.max(most, shareOf(statement)), 0)
  const hasCounts = countsOf(claim.text)
  const isHigh = (statement: Statement) => shareOf(statement) >= highest * (hasCounts ? highWithCounts : nearlyHighest)
  const high = sharing.filter((statement) => isHigh(statement) && tells(textOf(page, statement)))
  const counting = new Set(hasCounts ? high.filter((statement) => hasCounts(textOf(page, statement))) : [])
  const first = (statement: Statement) => (counting.has(statement) ? 1 : 0)
  const best = high
    .filter((statement) => counting.has(statement) || shareOf(statement) >= highest * nearlyHighest)
    .sort((a, b) => first(b) - first(a) || shareOf(b) - shareOf(a) || a.index - b.index)
    .filter((statement, at) => at === 0 || !addsToOthers(textOf(page, statement)))
    .slice(0, maxCandidates)
  const lead = leadOf(report, isInBody)
  return [...best, ...(lead && !best.includes(lead) ? [lead] : [])]
    .values()
    .map((statement) => ({ best: statement, quotation: quotationAround(statement, claim, report) }))
}
