import { textOf } from '../passages/page.ts'
import type { Candidate, ReportBody } from './candidates.ts'
import { tellsInOtherWords } from './facts.ts'
import { type QuotedClaim, quotationOf } from './quotation.ts'
import type { Sentences } from './report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/** So many of the sentences that share most with a claim are looked at. */
const maxTried = 12
/** A sentence that leads its passage counts as if it held so much more. */
const preferred = 0.1

/** The sentence of the body that tells a fact of a claim in other words. */
export function paraphraseOf(
  fact: string,
  claim: QuotedClaim,
  body: ReportBody,
  report: Sentences,
): Candidate | undefined {
  const { page, lexicon } = report
  const fitOf = tellsInOtherWords(fact, lexicon)
  if (!fitOf) return undefined
  const best = body.sharing
    .filter(({ part }) => part.kind === 'paragraph')
    .slice(0, maxTried)
    .map((statement) => ({ statement, fit: fitOf(textOf(page, statement)) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => rankOf(b) - rankOf(a))
    .find(({ statement }) => mayProve(statement, claim, report))?.statement
  return best && { best, quotation: quotationOf([best], claim, lexicon) }
}

const rankOf = ({ statement, fit }: { statement: Statement; fit: number }): number =>
  fit + (statement.first ? preferred : 0)

function mayProve(statement: Statement, claim: QuotedClaim, { page }: Sentences): boolean {
  const sentence = textOf(page, statement)
  const leans = addsToOthers(sentence) || dependsOnPrevious(sentence)
  return !leans && isTelling(statement, page.text) && !claim.isOtherEvent(sentence)
}
