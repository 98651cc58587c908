import type { Reference } from '../types.ts'
import type { TextRun } from './block.ts'

/** A piece of a run: words to keep, or a citation mark taken out of them. */
export type TextPiece = { text: string } | { mark: Reference }

/** Splits a run into its words and its citation marks: `[12]`, `[xli]`, `[^3]`, raised figures. */
export function piecesOf(run: TextRun, before: string): TextPiece[] {
  const url = sourceOf(run.link)
  if (run.mark && raised.test(run.text.trim()) && !isUnit(run.text.trim(), before)) {
    return run.text.split(/[^\p{L}\p{N}*†‡]+/u).flatMap((mark) => (mark === '' ? [] : [{ mark: { mark, ...url } }]))
  }
  const pieces: TextPiece[] = []
  let at = 0
  for (const found of run.text.matchAll(marks)) {
    pieces.push({ text: run.text.slice(at, found.index) })
    for (const mark of (found[1] ?? plainDigits(found[0])).split(/[,;\s]+/)) pieces.push({ mark: { mark, ...url } })
    at = found.index + found[0].length
  }
  pieces.push({ text: run.text.slice(at) })
  return pieces
}

/** The link of a mark as the address of a source; a link to a footnote of the same page is none. */
function sourceOf(link: string | null): { url?: string } {
  return link && /^https?:\/\//i.test(link) && !/#_?(?:edn|ftn|fn|footnote|note|cite|ref)/i.test(link)
    ? { url: link }
    : {}
}

/** `m` and its raised 2 are square metres, `10` and its raised `th` an ordinal. */
function isUnit(mark: string, before: string): boolean {
  return /^(?:st|nd|rd|th|er|re|e|o|a)$/i.test(mark) || (/^[23]$/.test(mark) && /(?:\d|\b)(?:k|c|m)?m$/.test(before))
}

function plainDigits(superscript: string): string {
  return [...superscript].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('')
}

const raised = /^[[(]?(?:\d{1,3}|[ivxlcdm]{1,8}|[a-z]|[*†‡]{1,3})(?:[\])]|\s*[,;]\s*\d{1,3})*$/i

/** Brackets around one Roman or Arabic number; `[i]t` is an editor's letter, `m²` a unit, neither a mark. */
const marks =
  /\[\^?((?:\d{1,3}|[ivxlcdm]{1,8})(?:\s*[,;]\s*\d{1,3})*)\](?!\p{L})|(?<!(?<!\p{L})[kcdm]?m|[⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}/giu
