import { firstWhere } from '../binary-search.ts'
import type { Passage, Reference } from '../types.ts'

/** A range of the canonical text, in UTF-16 units, `end` exclusive. */
export type Span = { start: number; end: number }

/** Where a citation mark stood before it was removed. */
export type TextMark = { offset: number; reference: Reference }

/**
 * A passage with what reading needs beyond the stored record: bold spans, marks, the number of its list item, a gap
 * before it, how many elements hold it.
 */
export type PagePart = Passage & { bold: Span[]; marks: TextMark[]; item: number; gap: boolean; depth: number }

/** A report as canonical text and passages in order; passages never overlap. */
export type Page = { text: string; parts: PagePart[] }

/** The page with a title before its first passage; every offset of the other passages moves. */
export function withTitle(page: Page, title: string): Page {
  const by = title.length + 2
  const none = { level: 0, references: [], bold: [], marks: [], item: 0, gap: false, depth: 0 }
  const moved = page.parts.map((part) => ({
    ...part,
    n: part.n + 1,
    start: part.start + by,
    end: part.end + by,
    bold: part.bold.map(({ start, end }) => ({ start: start + by, end: end + by })),
    marks: part.marks.map(({ offset, reference }) => ({ offset: offset + by, reference })),
  }))
  const first = { ...none, n: 1, kind: 'title' as const, start: 0, end: title.length }
  return { text: page.text === '' ? title : `${title}\n\n${page.text}`, parts: [first, ...moved] }
}

/** The references whose marks stood in a span, each once. A mark belongs to the words before it. */
export function referencesIn(part: PagePart, span: Span): Reference[] {
  const seen = new Map<string, Reference>()
  for (const { offset, reference } of part.marks) {
    if (offset > span.start && offset <= span.end && !seen.has(reference.mark)) seen.set(reference.mark, reference)
  }
  return [...seen.values()]
}

/** The share of a span that is set in bold, 0 to 1. */
export function boldShare(part: PagePart, span: Span): number {
  let length = 0
  const first = firstWhere(part.bold.length, (i) => (part.bold[i]?.end ?? 0) > span.start)
  for (let i = first; i < part.bold.length; i++) {
    const bold = part.bold[i]
    if (!bold || bold.start >= span.end) break
    length += Math.min(bold.end, span.end) - Math.max(bold.start, span.start)
  }
  return span.end > span.start ? length / (span.end - span.start) : 0
}

/**
 * The span, cut at a blank to a maximum length in UTF-16 units: a text without full stops must give no endless
 * quotation.
 */
export function clip(text: string, { start, end }: Span, maxLength = 2_000): Span {
  if (end - start <= maxLength) return { start, end }
  const blank = text.lastIndexOf(' ', start + maxLength)
  if (blank > start) return { start, end: blank }
  const splitsCharacter = /[\uD800-\uDBFF]/.test(text[start + maxLength - 1] ?? '')
  return { start, end: start + maxLength - (splitsCharacter ? 1 : 0) }
}

/** The words of a page within a span. */
export const textOf = ({ text }: Page, { start, end }: Span): string => text.slice(start, end)
