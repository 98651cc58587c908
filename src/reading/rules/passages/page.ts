import { firstWhere } from '../binary-search.ts'
import type { Passage, Reference } from '../types.ts'

/** A stretch of the canonical text, in UTF-16 units, `end` exclusive. */
export type Span = { start: number; end: number }

/** Where a citation mark stood before it was taken out. */
export type TextMark = { at: number; reference: Reference }

/** A passage with what reading needs beyond the stored record: its bold stretches, its marks in place, its list item, a gap before it. */
export type PagePart = Passage & { bold: Span[]; marks: TextMark[]; item: number; gap: boolean }

/** A report as canonical text and passages in order; passages never overlap. */
export type Page = { text: string; parts: PagePart[] }

/** The references whose marks stood in a span, each once: a mark belongs to the words before it. */
export function referencesIn(part: PagePart, span: Span): Reference[] {
  const seen = new Map<string, Reference>()
  for (const { at, reference } of part.marks) {
    if (at > span.start && at <= span.end && !seen.has(reference.mark)) seen.set(reference.mark, reference)
  }
  return [...seen.values()]
}

/** The share of a span that is set in bold, 0 to 1. */
export function boldShare(part: PagePart, span: Span): number {
  let bold = 0
  for (
    let i = firstWhere(part.bold.length, (at) => (part.bold[at]?.end ?? 0) > span.start);
    i < part.bold.length;
    i++
  ) {
    const stretch = part.bold[i]
    if (!stretch || stretch.start >= span.end) break
    bold += Math.min(stretch.end, span.end) - Math.max(stretch.start, span.start)
  }
  return span.end > span.start ? bold / (span.end - span.start) : 0
}

/** A span of at most so many letters, cut at a blank: no claim and no quotation is longer, whatever a text without stops may hold. */
export function clip(text: string, { start, end }: Span, most = 2_000): Span {
  if (end - start <= most) return { start, end }
  const blank = text.lastIndexOf(' ', start + most)
  return {
    start,
    end: blank > start ? blank : start + most - (/[\uD800-\uDBFF]/.test(text[start + most - 1] ?? '') ? 1 : 0),
  }
}
