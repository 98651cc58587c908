import type { Reference } from '../types.ts'
import { type Block, type TextRun, textOf } from './block.ts'

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

/** Marks the blocks of a report's footnote list as notes: each begins with its mark and leads to a source. */
export function tellNotes(blocks: Block[]): Block[] {
  const heading = blocks.findLastIndex((b) => notesHeading.test(textOf(b.runs).trim()))
  return blocks.map((block, i) => {
    const text = textOf(block.runs).trimStart()
    const within = heading >= 0 && i > heading && block.kind !== 'heading'
    const isNote =
      (noteMark.test(text) && (hasSource(block) || within)) || (within && hasSource(block) && /^\d{1,3}\b/.test(text))
    return isNote || bareAddress.test(text.trim()) ? { ...block, kind: 'notes', level: 0, item: 0 } : block
  })
}

/** The first source of every note by its mark. */
export function noteSources(blocks: Block[]): Map<string, string> {
  const sources = new Map<string, string>()
  for (const block of blocks) {
    const mark = block.kind === 'notes' ? markOf(textOf(block.runs).trimStart()) : undefined
    const url = sourceIn(block)
    if (mark && url && !sources.has(mark)) sources.set(mark, url)
  }
  return sources
}

/** A reference with the source of its note, where the mark's own link gave none. */
export function resolve(reference: Reference, sources: Map<string, string>): Reference {
  const url = reference.url ?? sources.get(reference.mark.toLowerCase())
  return url ? { mark: reference.mark, url } : { mark: reference.mark }
}

function markOf(text: string): string | undefined {
  return (noteMark.exec(text)?.[1] ?? /^(\d{1,3})\b/.exec(text)?.[1])?.toLowerCase()
}

const noteMark = /^\[\^?(\d{1,3}|[ivxlcdm]{1,8})\]:?(?!\p{L})/iu
const notesHeading = /^(?:end\s?notes|foot\s?notes|notes|references|sources|citations)\s*:?$/i
const bareAddress = /^https?:\/\/\S+$/

const hasSource = (block: Block) => /https?:\/\//.test(textOf(block.runs)) || block.runs.some((r) => isSource(r.link))

/** The first whole address of a note. Publishers defang some (`https://t dot me/...`) and put several into one link. */
function sourceIn(block: Block): string | undefined {
  const linked = block.runs.flatMap((r) => (isSource(r.link) && !/ dot /.test(r.text) ? [r.link ?? ''] : []))
  return [...linked, textOf(block.runs)].flatMap((text) =>
    [...text.matchAll(address)]
      .map((found) => found[0].replace(/[;,.)]{1,9}$/, ''))
      .filter((url) => wholeHost.test(url)),
  )[0]
}

const address = /https?:\/\/[^\s<>"'\]]+/gi
/** `https://t` before ` dot me` is half an address. */
const wholeHost = /^https?:\/\/[^/]+\.[a-z]{2,}/i

const isSource = (link: string | null) =>
  link !== null && /^https?:\/\//i.test(link) && !/#_?(?:edn|ftn|fn|ref|cite)/i.test(link)
