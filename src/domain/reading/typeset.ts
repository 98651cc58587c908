import { type Block, coalesce } from './block.ts'
import { piecesOf } from './marks.ts'
import type { Span } from './page.ts'
import type { Reference } from './types.ts'

/** The canonical words of one block, its bold stretches and its citation marks, with offsets from the block's own start. */
export type Set = { text: string; bold: Span[]; marks: { at: number; reference: Reference }[] }

/** Sets a block in canonical form: NFC, well-formed, no control characters, one space for any white space, marks taken out. */
export function typeset(block: Block): Set {
  const line = new Line()
  for (const run of coalesce(block.runs)) {
    const pieces = block.kind === 'notes' ? [{ text: run.text }] : piecesOf(run, line.text)
    for (const piece of pieces) {
      if ('mark' in piece) line.mark(piece.mark)
      else line.add(canonical(piece.text), run.bold)
    }
  }
  return line.finished()
}

function canonical(text: string): string {
  return text.replace(invisible, '').replace(/\s+/g, ' ').normalize('NFC')
}

/** Control characters, soft hyphens, zero-width spaces, direction overrides, byte-order marks; joiners stay, for scripts and emoji need them. */
const invisible = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g

class Line {
  text = ''
  #bold: Span[] = []
  #marks: { at: number; reference: Reference }[] = []
  #afterMark = false

  add(words: string, bold: boolean): void {
    const next = this.#joined(words)
    if (next === '') return
    const start = this.text.length
    this.text += next
    this.#afterMark = false
    if (bold) this.#addBold({ start, end: this.text.length })
  }

  mark(reference: Reference): void {
    this.#marks.push({ at: this.text.trimEnd().length, reference })
    this.#afterMark = true
  }

  /** Joining runs can bring letters and their accents together: then the text is composed again, and loses its styles. */
  finished(): Set {
    const text = this.text.trimEnd().toWellFormed()
    const composed = text.normalize('NFC')
    if (composed !== text)
      return { text: composed, bold: [], marks: this.#marks.map((m) => ({ ...m, at: composed.length })) }
    const bold = this.#bold
      .map(({ start, end }) => ({ start, end: Math.min(end, text.length) }))
      .filter((b) => b.end > b.start)
    return { text, bold, marks: this.#marks }
  }

  /** The space that stood before a mark goes with it when a full stop follows, and is put in when a word does. */
  #joined(words: string): string {
    const last = this.text.at(-1) ?? ' '
    if (this.#afterMark && last === ' ' && /^\s?[.,;:!?)\]”’]/.test(words)) {
      this.text = this.text.trimEnd()
      return words.trimStart()
    }
    if (this.#afterMark && /[.,;:!?)\]”’"]/.test(last) && /^[\p{L}\p{N}“"(]/u.test(words)) return ` ${words}`
    return last === ' ' ? words.trimStart() : words
  }

  #addBold(span: Span): void {
    const last = this.#bold.at(-1)
    if (last?.end === span.start) last.end = span.end
    else this.#bold.push(span)
  }
}
