import { placesOf } from '../../places/rules/places-of.ts'
import type { Passage, Takeaway } from './types.ts'

/** A report with the passages of its canonical text. */
export type PlacedReport = { title: string; text: string; passages: Pick<Passage, 'n' | 'kind' | 'start' | 'end'>[] }

/**
 * The places that a claim tells of: its own, or those of what stands around it. What a title claims goes on in the first
 * paragraph. A title of several things (`A; B; C`) says nothing of one of them.
 */
export function placesOfClaim({ text, evidence }: Pick<Takeaway, 'text' | 'evidence'>, report: PlacedReport): string[] {
  const [quoted] = evidence
  const beginning = report.passages.find(({ kind }) => kind === 'paragraph')
  const support = report.passages.find(({ n }) => n === quoted?.passage)
  const passage = support?.kind === 'title' ? beginning : support
  return placesOf({
    claim: text,
    passage: textOf(report, passage),
    title: report.title.includes(';') ? '' : report.title,
    beginning: textOf(report, beginning),
  })
}

function textOf({ text }: PlacedReport, part: { start: number; end: number } | undefined): string {
  return part ? text.slice(part.start, Math.min(part.end, part.start + maxLength)) : ''
}

/** So many characters of a paragraph are looked at. */
const maxLength = 1500
