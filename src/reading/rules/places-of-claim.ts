import { placesOf } from '../../places/rules/places-of.ts'
import type { Span } from './passages/page.ts'
import { withoutDateline } from './takeaways/claim-start.ts'
import type { Passage, Takeaway } from './types.ts'

/** A report with the passages of its canonical text. */
export type PlacedReport = { title: string; text: string; passages: Pick<Passage, 'n' | 'kind' | 'start' | 'end'>[] }

/**
 * The places that a claim tells of: its own, or those of what stands around it. What a title claims goes on in the first
 * paragraph. A title of several things (`A; B; C`) says nothing of one of them, and a dateline tells where a report was written.
 */
export function placesOfClaim({ text, evidence }: Pick<Takeaway, 'text' | 'evidence'>, report: PlacedReport): string[] {
  const [quoted] = evidence
  const first = report.passages.find(({ kind }) => kind === 'paragraph')
  const beginning = first ? textOf(report, withoutDateline(report.text, first)).slice(0, maxBeginning) : ''
  const passage = report.passages.find(({ n }) => n === quoted?.passage)
  const isTitle = quoted === undefined || passage === undefined || passage.kind === 'title'
  return placesOf({
    claim: text,
    passage: isTitle ? beginning : textAround(report, withoutDateline(report.text, passage), quoted),
    title: report.title.includes(';') ? '' : report.title,
    beginning,
  })
}

/** So many characters of a first paragraph are looked at, and so many on each side of a quotation in its paragraph. */
const maxBeginning = 600
const maxAside = 300

const textOf = ({ text }: PlacedReport, { start, end }: Span): string => text.slice(start, end)

/** A quotation with the whole words around it in its passage. */
function textAround({ text }: PlacedReport, passage: Span, quoted: Span): string {
  const start = Math.max(passage.start, quoted.start - maxAside)
  const end = Math.min(passage.end, Math.min(quoted.end, quoted.start + maxBeginning) + maxAside)
  const part = text.slice(start, end)
  const whole = start === passage.start ? part : part.slice(part.search(/\s/) + 1)
  return end === passage.end ? whole : whole.slice(0, whole.lastIndexOf(' '))
}
