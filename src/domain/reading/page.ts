import type { Passage, Reference } from './types.ts'

/** A stretch of the canonical text, in UTF-16 units, `end` exclusive. */
export type Span = { start: number; end: number }

/** Where a citation mark stood before it was taken out. */
export type Mark = { at: number; reference: Reference }

/** A passage with what reading needs beyond the stored record: its bold stretches, its marks in place, its list item, a gap before it. */
export type Part = Passage & { bold: Span[]; marks: Mark[]; item: number; gap: boolean }

/** A report as canonical text and passages in order; passages never overlap. */
export type Page = { text: string; parts: Part[] }

/** The references whose marks stood in a span, each once: a mark belongs to the words before it. */
export function referencesIn(part: Part, span: Span): Reference[] {
  const seen = new Map<string, Reference>()
  for (const { at, reference } of part.marks) {
    if (at > span.start && at <= span.end && !seen.has(reference.mark)) seen.set(reference.mark, reference)
  }
  return [...seen.values()]
}

/** The share of a span that is set in bold, 0 to 1. */
export function boldShare(part: Part, span: Span): number {
  const bold = part.bold.reduce(
    (sum, b) => sum + Math.max(0, Math.min(b.end, span.end) - Math.max(b.start, span.start)),
    0,
  )
  return span.end > span.start ? bold / (span.end - span.start) : 0
}
