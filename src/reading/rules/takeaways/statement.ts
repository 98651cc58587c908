import { firstWhere } from '../binary-search.ts'
import { boldShare, type Page, type PagePart, type Span } from '../passages/page.ts'
import { type Token, tokensOf } from '../tokens.ts'
import { withoutCaptions } from './captions.ts'
import { endsInCut, isMarkedAsCut, isReadMore } from './cut-sentence.ts'
import { withoutGluedHeadings } from './glued-headings.ts'
import { withoutInsertions } from './insertions.ts'
import { stemsOf } from './lexicon.ts'
import { sentencesOf } from './sentences.ts'
import { spokenWithin } from './speech.ts'

/**
 * A sentence of the report: its index among all of them, its passage, whether it is the `first` one there, whether it begins
 * within a quotation, the share of it that is set in bold, its words, and the stems of those that are not too common.
 */
export type Statement = Span & {
  index: number
  part: PagePart
  first: boolean
  spoken: boolean
  bold: number
  tokens: Token[]
  stems: Set<string>
}

/**
 * All statements of a report in the order of the text. A title and a heading are one statement each. Notes and the
 * captions of pictures are left out, and so is a half sentence at the end of a summary.
 */
export function statementsOf(page: Page): Statement[] {
  const statements: Statement[] = []
  for (const part of page.parts) {
    if (part.kind === 'notes') continue
    const isWhole = part.kind === 'heading' || part.kind === 'title'
    const spans = isWhole ? [{ start: part.start, end: part.end }] : spansIn(page.text, part)
    const spoken = spokenWithin(page.text, spans)
    for (const [i, span] of spans.entries()) {
      const about = { index: statements.length, part, first: i === 0, spoken: spoken[i] ?? false }
      const tokens = tokensOf(page.text, span.start, span.end)
      statements.push({ ...span, ...about, bold: boldShare(part, span), tokens, stems: stemsOf(tokens) })
    }
  }
  return withoutHalfSentences(statements, page.text)
}

/**
 * The statements of a page with a title before it (`withTitle`), from those of the page without it: their words are not
 * searched for again.
 */
export function statementsBelowTitle(page: Page, below: Statement[]): Statement[] {
  const [title] = page.parts
  if (!title) return below
  const by = title.end + 2
  const moved = below.map((statement) => ({
    ...statement,
    index: statement.index + 1,
    start: statement.start + by,
    end: statement.end + by,
    part: page.parts[statement.part.n] ?? title,
    tokens: statement.tokens.map((token) => ({ ...token, start: token.start + by, end: token.end + by })),
  }))
  const { start, end } = title
  const tokens = tokensOf(page.text, start, end)
  const about = { index: 0, part: title, first: true, spoken: false, bold: 0 }
  return [{ start, end, ...about, tokens, stems: stemsOf(tokens) }, ...moved]
}

const spansIn = (text: string, { start, end }: PagePart): Span[] =>
  withoutGluedHeadings(text, withoutInsertions(text, withoutCaptions(text, sentencesOf(text, start, end))))

/** A mark of a cut ends any passage; an ellipsis or a missing word counts only where the last passage ends. */
function withoutHalfSentences(statements: Statement[], text: string): Statement[] {
  const ends = statements.filter((statement, at) => statements[at + 1]?.part !== statement.part)
  const textOf = ({ start, end }: Span) => text.slice(start, end)
  const calls = ends.filter((statement) => isReadMore(textOf(statement)))
  const dropped = new Set(calls)
  const last = statements.findLast((statement) => statement.part.kind !== 'heading' && !dropped.has(statement))
  // The sentence before a call to read more ends its passage too.
  const before = calls.flatMap(({ index }) => statements[index - 1] ?? [])
  for (const statement of [...ends, ...before]) {
    if (statement.part.kind === 'heading') continue
    const isCut = statement === last ? endsInCut : isMarkedAsCut
    if (isCut(textOf(statement))) dropped.add(statement)
  }
  if (last && isUnfinished(last, statements[last.index - 1], text)) dropped.add(last)
  return without(statements, dropped)
}

/** Whether the last sentence of a text stops in small letters behind a whole one of its passage: a summary is cut there. */
function isUnfinished({ part, start, end }: Statement, before: Statement | undefined, text: string): boolean {
  if (before?.part !== part || end - start < minUnfinished || !/\p{Ll}$/u.test(text.slice(start, end))) return false
  return /[.!?…]["”’»)]*$/u.test(text.slice(before.start, before.end))
}

const minUnfinished = 40

/** The statements without some of them, numbered anew. */
export function without(statements: Statement[], dropped: Set<Statement>): Statement[] {
  if (dropped.size === 0) return statements
  return statements.filter((statement) => !dropped.has(statement)).map((statement, index) => ({ ...statement, index }))
}

/** The words of the statements that begin within a span. */
export function tokensWithin(statements: Statement[], { start, end }: Span): Token[] {
  const from = firstWhere(statements.length, (index) => (statements[index]?.start ?? 0) >= start)
  const to = firstWhere(statements.length, (index) => (statements[index]?.start ?? 0) >= end)
  return statements.slice(from, to).flatMap(({ tokens }) => tokens)
}
