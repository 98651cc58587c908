import { factsIn } from '../../stories/rules/facts/facts-in.ts'

/** A part of a text; its figures are marked. */
export type TextPiece = { text: string; isFigure: boolean }

/** A text cut at the figures whose role is certain, such as `about 100` of missiles; the pieces add up to the text. */
export function markFigures(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const fact of factsIn(text).toSorted((a, b) => a.start - b.start)) {
    if (fact.start < end) continue
    pieces.push({ text: text.slice(end, fact.start), isFigure: false })
    pieces.push({ text: text.slice(fact.start, fact.end), isFigure: true })
    end = fact.end
  }
  return [...pieces, { text: text.slice(end), isFigure: false }].filter((piece) => piece.text !== '')
}
