import { textOf } from '../passages/page.ts'
import { attributionOf } from './attribution.ts'
import type { Candidate } from './candidates.ts'
import { stemsOf } from './lexicon.ts'
import { areCountedOtherwise, figuresIn, haveOutcome, outcomeFigures } from './outcome-figures.ts'
import { type Claim, minNearStems } from './quotation.ts'
import type { Sentences } from './report.ts'
import type { Statement } from './statement.ts'
import { addsToOthers, tells } from './wording.ts'

/** A figure or a named source so many sentences after the words that tell the claim belongs to its quotation. */
const maxSentencesToAddition = 3
export const maxQuoteLength = 700

/**
 * The end of a quotation that also holds what the passage adds next: a figure or a named source that the claim does not
 * have. Without one, or before another toll or another matter, the quotation ends as it is.
 */
export function endOfAddition(claim: Claim, { best, quotation }: Candidate, { page, statements }: Sentences): number {
  const quote = textOf(page, quotation)
  if (adds(quote, claim.text)) return quotation.end
  const told = outcomeFigures(`${claim.text} ${quote}`)
  for (let index = best.index + 1, seen = 0; seen < maxSentencesToAddition; index++) {
    const next = statements[index]
    if (next?.part !== best.part || next.end - quotation.start > maxQuoteLength) break
    if (next.start < quotation.end) continue
    seen += 1
    const addition = textOf(page, next)
    if (isOtherMatter(addition, next, claim)) break
    if (haveOutcome(told) && areCountedOtherwise(told, outcomeFigures(addition))) break
    if (adds(addition, claim.text)) return next.end
  }
  return quotation.end
}

/** Whether a sentence tells nothing, or adds a thing to others that the claim does not tell of. */
function isOtherMatter(sentence: string, { tokens }: Statement, { stems }: Claim): boolean {
  if (!tells(sentence)) return true
  return addsToOthers(sentence) && stems.intersection(stemsOf(tokens)).size < minNearStems
}

/** Whether a sentence has a figure or a speaker that the claim does not have. */
function adds(sentence: string, claim: string): boolean {
  const known = new Set(figuresIn(claim))
  if (figuresIn(sentence).some((figure) => !known.has(figure))) return true
  const source = attributionOf(sentence)
  return source !== null && !claim.includes(source)
}
