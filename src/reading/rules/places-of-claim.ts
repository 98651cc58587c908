import { placesNamed } from '../../places/rules/places-of.ts'
import { TextNames } from '../../places/rules/text-names.ts'
import type { Span } from './passages/page.ts'
import { withoutDateline } from './takeaways/claim-start.ts'
import type { Passage, Takeaway } from './types.ts'

/** A report with the passages of its canonical text. */
export type PlacedReport = { title: string; text: string; passages: Pick<Passage, 'n' | 'kind' | 'start' | 'end'>[] }

type PlacedClaim = Pick<Takeaway, 'text' | 'evidence'>
type Quoted = PlacedClaim['evidence'][number]

/** The places that a claim of a report tells of, as `placeFinder` finds them. */
export const placesOfClaim = (claim: PlacedClaim, report: PlacedReport): string[] => placeFinder(report)(claim)

/**
 * Finds the places that each claim of a report tells of: its own, or those of what stands around it. What a title claims goes
 * on in the first paragraph. A title of several things (`A; B; C`) says nothing of one of them, and a dateline tells where a
 * report was written.
 */
export function placeFinder(report: PlacedReport): (claim: PlacedClaim) => string[] {
  const title = new TextNames(() => (report.title.includes(';') ? '' : report.title))
  const first = report.passages.find(({ kind }) => kind === 'paragraph')
  const beginning = new TextNames(() => (first ? textOf(report, first).slice(0, maxBeginning) : ''))
  const isWholeBeginning = first !== undefined && first.end - first.start <= maxBeginning
  const known = new Map(isWholeBeginning ? [[first, beginning]] : [])
  const namesAround = (quoted: Quoted | undefined): TextNames => {
    const passage = quoted && report.passages.find(({ n }) => n === quoted.passage)
    if (quoted === undefined || passage === undefined || passage.kind === 'title') return beginning
    if (!isNearAll(quoted, passage)) return new TextNames(() => textAround(report, passage, quoted))
    const names = known.get(passage) ?? new TextNames(() => textOf(report, passage))
    known.set(passage, names)
    return names
  }
  return ({ text, evidence: [quoted] }) =>
    placesNamed({ claim: new TextNames(() => text), passage: namesAround(quoted), title, beginning })
}

/** So many characters of a first paragraph are looked at, and so many on each side of a quotation in its paragraph. */
const maxBeginning = 600
const maxAside = 300

/** The text of a passage without its dateline. */
function textOf({ text }: PlacedReport, passage: Span): string {
  const { start, end } = withoutDateline(text, passage)
  return text.slice(start, end)
}

/** Nothing of a passage is too far from a quotation. */
const isNearAll = (quoted: Span, passage: Span): boolean =>
  quoted.start - maxAside <= passage.start && endAside(quoted) >= passage.end

const endAside = (quoted: Span): number => Math.min(quoted.end, quoted.start + maxBeginning) + maxAside

/** A quotation with the whole words around it in its passage. */
function textAround({ text }: PlacedReport, passage: Span, quoted: Span): string {
  const from = withoutDateline(text, passage).start
  const start = Math.max(from, quoted.start - maxAside)
  const end = Math.min(passage.end, endAside(quoted))
  const part = text.slice(start, end)
  const whole = start === from ? part : part.slice(part.search(/\s/) + 1)
  return end === passage.end ? whole : whole.slice(0, whole.lastIndexOf(' '))
}
