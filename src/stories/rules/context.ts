import type { Span } from '../../reading/rules/passages/page.ts'
import { sentencesOf } from '../../reading/rules/takeaways/sentences.ts'
import type { Passage, Reading } from '../../reading/rules/types.ts'
import type { ReportedStatement } from './types.ts'

/**
 * What stands around a statement. The beginning of a short report belongs to each of its statements, so that
 * they are alike. In a longer one it is the paragraph, or the first sentence of a long paragraph. The items of a
 * publisher's list may tell several things, however short the report (`isListed`).
 */
export function contextOf(
  { text, passages }: Pick<Reading, 'text' | 'passages'>,
  { start, isListed = false }: { start: number; isListed?: boolean },
): Pick<ReportedStatement, 'context' | 'passage'> {
  if (text.length < shortReport && !isListed) return { passage: null, context: beginningOf(text, passages) }
  const passage = passages.findLast((one) => one.start <= start)
  return { passage: passage?.n ?? 0, context: passage ? leadOf(text, passage) : '' }
}

/** A report with fewer characters tells one thing. */
const shortReport = 2500
const maxBeginning = 600
const maxLead = 250

function beginningOf(text: string, passages: Passage[]): string {
  const prose = passages.filter(({ kind }) => kind === 'paragraph' || kind === 'item' || kind === 'quote')
  return prose
    .map(({ start, end }) => text.slice(start, end))
    .join('\n')
    .slice(0, maxBeginning)
}

function leadOf(text: string, { start, end }: Span): string {
  if (end - start <= maxLead) return text.slice(start, end)
  const [first] = sentencesOf(text, start, end)
  return first ? text.slice(first.start, first.end).slice(0, maxBeginning) : ''
}
