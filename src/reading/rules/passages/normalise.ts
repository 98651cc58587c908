import type { Reference } from '../types.ts'
import { type Block, coalesce } from './block.ts'
import { piecesOf } from './citations.ts'
import type { Span, TextMark } from './page.ts'

/** The canonical words of one block, its bold stretches and its citation marks, with offsets from the block's own start. */
export type NormalBlock = { text: string; bold: Span[]; marks: TextMark[] }

/** Sets a block in canonical form: NFC, well-formed, no control characters, one space for any white space, marks taken out. */
export function normalise(block: Block): NormalBlock {
  const line = new Line()
  for (const run of coalesce(block.runs)) {
    const pieces = block.kind === 'notes' ? [{ text: run.text }] : piecesOf(run, line.tail)
    for (const piece of pieces) {
      if ('mark' in piece) line.mark(piece.mark)
      else line.add(canonical(piece.text), run.bold)
    }
  }
  return line.finished()
}

function canonical(text: string): string {
  const seen = unseen.test(text) ? text.replace(invisible, '') : text
  return (uneven.test(seen) ? seen.replace(/\s+/g, ' ') : seen).normalize('NFC')
}

/** Control characters, soft hyphens, zero-width spaces, direction overrides, byte-order marks; joiners stay: scripts and emoji need them. */
const invisible = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g
const unseen = new RegExp(invisible.source)
/** White space other than single blanks. */
const uneven = /\s{2}|[^\S ]/

/** The line being set; it keeps its pieces apart and only its tail at hand, so that a block of many runs stays cheap. */
class Line {
  tail = ''
  #pieces: string[] = []
  #length = 0
  #bold: Span[] = []
  #marks: TextMark[] = []
  #afterMark = false

  add(words: string, bold: boolean): void {
    const next = this.#fitted(words)
    if (next === '') return
    this.#pieces.push(next)
    this.#afterMark = false
    if (bold) this.#embolden({ start: this.#length, end: this.#length + next.length })
    this.#length += next.length
    this.tail = (this.tail + next.slice(-8)).slice(-8)
  }

  mark(reference: Reference): void {
    this.#marks.push({ at: this.#length - (this.tail.endsWith(' ') ? 1 : 0), reference })
    this.#afterMark = true
  }

  /** Joining runs can bring letters and their accents together: then the text is composed again, and loses its styles. */
  finished(): NormalBlock {
    const text = this.#pieces.join('').trimEnd().toWellFormed()
    const composed = text.normalize('NFC')
    if (composed !== text)
      return {
        text: composed,
        bold: [],
        marks: this.#marks.map(({ reference }) => ({ at: composed.length, reference })),
      }
    const bold = this.#bold.flatMap(({ start, end }) =>
      start < text.length ? [{ start, end: Math.min(end, text.length) }] : [],
    )
    return { text, bold, marks: this.#marks }
  }

  /** The space that stood before a mark goes with it when a full stop follows, and one is put in when a word does. */
  #fitted(words: string): string {
    const last = this.tail.at(-1) ?? ' '
    if (this.#afterMark && last === ' ' && /^\s?[.,;:!?)\]”’]/.test(words)) {
      this.#dropBlank()
      return words.trimStart()
    }
    if (this.#afterMark && /[.,;:!?)\]”’"]/.test(last) && /^[\p{L}\p{N}“"(]/u.test(words)) return ` ${words}`
    return last === ' ' ? words.trimStart() : words
  }

  #dropBlank(): void {
    const piece = this.#pieces.pop()
    if (piece === undefined) return
    this.#pieces.push(piece.slice(0, -1))
    this.#length -= 1
    this.tail = this.tail.slice(0, -1)
    const bold = this.#bold.at(-1)
    if (bold && bold.end > this.#length) bold.end = this.#length
  }

  #embolden(span: Span): void {
    const last = this.#bold.at(-1)
    if (last?.end === span.start) last.end = span.end
    else this.#bold.push(span)
  }
}
