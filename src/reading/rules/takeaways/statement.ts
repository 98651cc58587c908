import { firstWhere } from '../binary-search.ts'
import { boldShare, type Page, type PagePart, type Span } from '../passages/page.ts'
import { type Token, tokensOf } from '../tokens.ts'
import { endsInCut, isMarkedAsCut, isReadMore } from './cut-sentence.ts'
import { sentencesOf } from './sentences.ts'

/**
 * A sentence of the report: its index among all of them, its passage, whether it is the `first` one there, the share of
 * it that is set in bold, its words.
 */
export type Statement = Span & { index: number; part: PagePart; first: boolean; bold: number; tokens: Token[] }

/**
 * All statements of a report in the order of the text. A title and a heading are one statement each. Notes are left out,
 * and so is a half sentence at the end of a summary.
 */
export function statementsOf(page: Page): Statement[] {
  const statements: Statement[] = []
  for (const part of page.parts) {
    if (part.kind === 'notes') continue
    const isWhole = part.kind === 'heading' || part.kind === 'title'
    const spans = isWhole ? [{ start: part.start, end: part.end }] : sentencesOf(page.text, part.start, part.end)
    for (const [i, span] of spans.entries()) {
      const tokens = tokensOf(page.text, span.start, span.end)
      statements.push({ ...span, index: statements.length, part, first: i === 0, bold: boldShare(part, span), tokens })
    }
  }
  return withoutHalfSentences(statements, page.text)
}

/** A mark of a cut ends any passage; an ellipsis or a missing word counts only where the last passage ends. */
function withoutHalfSentences(statements: Statement[], text: string): Statement[] {
  const textOf = ({ start, end }: Span) => text.slice(start, end)
  const said = statements.filter((statement) => !isReadMore(textOf(statement)))
  const last = said.findLast(({ part: { kind } }) => kind !== 'heading')
  const isHalf = (statement: Statement, at: number) => {
    if (statement.part.kind === 'heading' || said[at + 1]?.part === statement.part) return false
    return statement === last ? endsInCut(textOf(statement)) : isMarkedAsCut(textOf(statement))
  }
  return said.filter((statement, at) => !isHalf(statement, at)).map((statement, index) => ({ ...statement, index }))
}

/** The words of the statements that begin within a span. */
export function tokensWithin(statements: Statement[], { start, end }: Span): Token[] {
  const from = firstWhere(statements.length, (index) => (statements[index]?.start ?? 0) >= start)
  const to = firstWhere(statements.length, (index) => (statements[index]?.start ?? 0) >= end)
  return statements.slice(from, to).flatMap(({ tokens }) => tokens)
}
