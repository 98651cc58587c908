import { withSingleBlanks } from '../../../platform/text/single-blanks.ts'
import type { Reference } from '../types.ts'
import { type Block, joinRuns } from './block.ts'
import { piecesOf } from './citations.ts'
import type { Span, TextMark } from './page.ts'

/**
 * The canonical text of one block, its bold spans and its citation marks; offsets count from the start of the block.
 */
export type NormalBlock = { text: string; bold: Span[]; marks: TextMark[] }

/**
 * Gives a block its canonical form: NFC, well-formed, without control characters and citation marks, white space as
 * single blanks.
 */
export function normalise(block: Block): NormalBlock {
  const text = new CanonicalText()
  for (const run of joinRuns(block.runs)) {
    const pieces = block.kind === 'notes' ? [{ text: run.text }] : piecesOf(run, text.tail)
    for (const piece of pieces) {
      if ('mark' in piece) text.mark(piece.mark)
      else text.add(piece.text, run.bold)
    }
  }
  return text.finish()
}

/** The canonical form of a text that may change. */
function canonical(text: string): string {
  const joined = text.includes('\n') ? text.replace(hyphenated, joinedWord) : text
  const visible = hasInvisible.test(joined) ? joined.replace(invisible, '') : joined
  const spaced = withSingleBlanks(visible)
  return (hasStrayBlank.test(spaced) ? spaced.replace(strayBlank, '') : spaced).normalize('NFC')
}

/**
 * A blank that a removed tag leaves before a comma, a full stop or a closing mark of a quotation, and behind an opening
 * mark. French marks have blanks around them, and „these“ end with what opens others.
 */
const strayBlank =
  /(?<=[\p{L}\p{N})”’]) (?=[,.](?:[\s”’)]|\p{Lu}\p{Ll}|$))|(?<=\S) (?=”(?:[\s,.;:!?)]|$))|(?<=(?:^|[\s(])“) (?=\S)/gu
const hasStrayBlank = / [,.”]|“ /

/** A word that a typesetter has split at the end of a line. */
const hyphenated = /(\p{L}{2,30})[-\u00AD\u2010]\n\s*(\p{Ll}{2})/gu

/** Both halves as one word; the hyphen stays after a word that often begins a compound, and within a longer one. */
function joinedWord(_: string, first: string, second: string): string {
  return `${first}${compound.test(first) ? '-' : ''}${second}`
}

const compound =
  /^(?:self|non|long|short|well|high|low|mid|multi|anti|counter|front|cease|cross|full|half|so|co|ex|pre|post|pro|all|air|sea|land|ground|large|small|deep|double|two|three|four|five|six|ten|first|second|third|state|war|government|israeli|russian|ukrainian|english)$/i

/**
 * Control characters, soft hyphens, zero-width spaces, direction marks, byte order marks; not joiners, which scripts
 * and emoji need.
 */
const invisible = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g
const hasInvisible = new RegExp(invisible.source)
/**
 * All but single blanks between words and the plain characters of Latin, Cyrillic and punctuation: most texts have none of
 * it, and are canonical already. No plain character composes with another one.
 */
const mayChange = / [ ,.”]|“ |[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]/

/**
 * The text of a block, built run by run. Pieces stay apart, and only the last characters are looked at: many runs stay
 * cheap.
 */
class CanonicalText {
  tail = ''
  #pieces: string[] = []
  #length = 0
  #bold: Span[] = []
  #marks: TextMark[] = []
  #afterMark = false
  /** Whether a piece has characters that may compose with those of the next one. */
  #mayCompose = false

  add(written: string, bold: boolean): void {
    // Hard blanks are the most frequent of what changes.
    const text = written.replaceAll('\u00a0', ' ')
    const isCanonical = !mayChange.test(text)
    if (!isCanonical) this.#mayCompose = true
    const piece = this.#spaced(isCanonical ? text : canonical(text))
    if (piece === '') return
    this.#pieces.push(piece)
    this.#afterMark = false
    if (bold) this.#addBold({ start: this.#length, end: this.#length + piece.length })
    this.#length += piece.length
    this.tail = (this.tail + piece.slice(-8)).slice(-8)
  }

  mark(reference: Reference): void {
    this.#marks.push({ offset: this.#length - (this.tail.endsWith(' ') ? 1 : 0), reference })
    this.#afterMark = true
  }

  /**
   * Joined runs can bring a character and its accent together: then the text is composed again, and its spans are lost.
   */
  finish(): NormalBlock {
    const joined = this.#pieces.join('').trimEnd()
    const text = this.#mayCompose ? joined.toWellFormed() : joined
    const composed = this.#mayCompose ? text.normalize('NFC') : text
    if (composed !== text) {
      const marks = this.#marks.map(({ reference }) => ({ offset: composed.length, reference }))
      return { text: composed, bold: [], marks }
    }
    const bold = this.#bold.flatMap(({ start, end }) =>
      start < text.length ? [{ start, end: Math.min(end, text.length) }] : [],
    )
    return { text, bold, marks: this.#marks }
  }

  /** No blank before the comma or full stop of a run. Around a removed mark: none before any stop, and one before a word. */
  #spaced(text: string): string {
    const last = this.tail.at(-1) ?? ' '
    const stop = this.#afterMark ? /^\s?[.,;:!?)\]”’]/ : /^\s?[,.](?:[\s”’)]|$)/
    if (this.#length > 0 && stop.test(text)) {
      if (last === ' ') this.#dropBlank()
      return text.trimStart()
    }
    if (this.#afterMark && /[.,;:!?)\]”’"]/.test(last) && /^[\p{L}\p{N}“"(]/u.test(text)) return ` ${text}`
    return last === ' ' ? text.trimStart() : text
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

  #addBold(span: Span): void {
    const last = this.#bold.at(-1)
    if (last?.end === span.start) last.end = span.end
    else this.#bold.push(span)
  }
}
