import { firstWhere } from '../binary-search.ts'
import { boldShare, type Page, type PagePart, type Span } from '../passages/page.ts'
import { type Token, tokensOf } from '../tokens.ts'
import { sentencesOf } from './sentences.ts'

/** A sentence of the report in its place: `order` among all of them, `first` in its passage, the share of it in bold. */
export type Statement = Span & { order: number; part: PagePart; first: boolean; bold: number; tokens: Token[] }

/** All sentences of a report in the order of the text; headings and single items count as one each, notes are left out. */
export function statementsOf(page: Page): Statement[] {
  const statements: Statement[] = []
  for (const part of page.parts) {
    if (part.kind === 'notes') continue
    const spans =
      part.kind === 'heading' ? [{ start: part.start, end: part.end }] : sentencesOf(page.text, part.start, part.end)
    for (const [i, span] of spans.entries()) {
      const tokens = tokensOf(page.text, span.start, span.end)
      statements.push({ ...span, order: statements.length, part, first: i === 0, bold: boldShare(part, span), tokens })
    }
  }
  return statements
}

/** The words of the statements that begin within a span. */
export function tokensWithin(statements: Statement[], { start, end }: Span): Token[] {
  const from = firstWhere(statements.length, (at) => (statements[at]?.start ?? 0) >= start)
  const past = firstWhere(statements.length, (at) => (statements[at]?.start ?? 0) >= end)
  return statements.slice(from, past).flatMap((s) => s.tokens)
}
