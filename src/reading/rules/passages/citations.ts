import { matchesOf } from '../../../platform/text/matches.ts'
import type { Reference } from '../types.ts'
import { type Block, type TextRun, textOf } from './block.ts'

/** A piece of a run: words to keep, or a citation mark that is removed from them. */
type TextPiece = { text: string } | { mark: Reference }

/**
 * Splits a run into its words and its citation marks: `[12]`, `[xli]`, `[^3]`, raised figures, a figure that is a link to
 * a note, a figure glued to the end of a sentence. `before` is the text before it.
 */
export function piecesOf(run: TextRun, before: string): TextPiece[] {
  const url = sourceOf(run.link)
  const text = run.text.trim()
  const isRaised = run.mark && raised.test(text) && !isUnitOrOrdinal(text, before) && !isPower(text, before)
  if (isRaised || isLinkedMark(run, before)) {
    return run.text.split(/[^\p{L}\p{N}*†‡]+/u).flatMap((mark) => (mark === '' ? [] : [{ mark: { mark, ...url } }]))
  }
  if (run.mark && isPower(text, before)) return [{ text: raisedDigits(text) }]
  if (!mayHoldMark.test(run.text)) return [{ text: run.text }]
  const pieces: TextPiece[] = []
  let end = 0
  for (const found of matchesOf(run.text, marks)) {
    if (!isMark(found, run.text)) continue
    const kept = found[3]?.length ?? 0
    pieces.push({ text: run.text.slice(end, found.index + kept) })
    const number = found[1] ?? found[2] ?? found[4] ?? found[5] ?? plainDigits(found[0])
    for (const mark of marksIn(number)) pieces.push({ mark: { mark, ...url } })
    end = found.index + found[0].length
  }
  pieces.push({ text: run.text.slice(end) })
  return pieces
}

const marksIn = (text: string) => text.split(/[,;\s]+/).filter((mark) => mark !== '')

/**
 * Whether the words of a link are a footnote's number: it leads to a note of the page, or it is glued to a word or a
 * number, as no link to another page is.
 */
function isLinkedMark({ link, text }: TextRun, before: string): boolean {
  if (link === null || text.length > 9 || !/^\s*[[(]?(?:\d{1,3}|[*†‡])[\])]?\s*$/.test(text)) return false
  const isGlued = !/^\s/.test(text) && /[\p{L}\p{N}.,;:!?)\]"”’»]$/u.test(before)
  return isGlued || (noteLink.test(link) && !/\b(?:note|notes|see|figure|table|no|nr|n°|№)\.?\s*$/iu.test(before))
}

/** A link to a footnote, as word processors, newsletters, wikis and blogs write it. */
const noteLink = /#_?(?:edn|ftn|fn|footnote|endnote|note|cite|ref)/i

/** The link of a mark as the address of a source; empty for a link to a footnote of the same page. */
function sourceOf(link: string | null): { url?: string } {
  return link && /^https?:\/\//i.test(link) && !/#_?(?:edn|ftn|fn|footnote|note|cite|ref)/i.test(link)
    ? { url: link }
    : {}
}

/** Whether raised characters are no mark: `m` with a raised 2 is a unit, `10` with a raised `th` is an ordinal. */
function isUnitOrOrdinal(mark: string, before: string): boolean {
  if (/^(?:st|nd|rd|th|er|re|e|o|a)$/i.test(mark)) return /(?:\d|(?<!\p{L})[IVXnN]{1,5})$/u.test(before)
  return /^[23]$/.test(mark) && /(?:\d|\b)(?:k|c|m)?m$/.test(before)
}

/** Whether raised digits are an exponent: `5 × 10` with a raised 6. */
const isPower = (mark: string, before: string) => /^\d{1,2}$/.test(mark) && /[×·x*]\s?10$/.test(before)

const raisedDigits = (digits: string) => [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')

function plainDigits(superscript: string): string {
  return [...superscript].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('')
}

const raised = /^[[(]?(?:\d{1,3}|[ivxlcdm]{1,8}|[a-z]|[*†‡]{1,3})(?:[\])]|\s*[,;]\s*\d{1,3})*$/i

/**
 * Brackets around a Roman or Arabic number, raised digits, a Roman number in brackets before a full stop, digits glued to
 * the end of a sentence or clause, or to the year of a date.
 */
const marks =
  /\[\^?((?:\d{1,3}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?:\s*[,;]\s*\d{1,3})*)\](?!\p{L})|[⁰¹²³⁴-⁹]{1,9}|\(([ivx]{2,5})\)(?=[.!?](?:\s|$))|([.!?]["”’»)]?)(\d{1,3}(?:[ ,]\d{1,3}){0,3})(?=\s+["“«(]?\p{Lu}|\s*$)|(?<=\p{Lu}\p{Ll}{2,8} (?:19|20)\d\d)(\d{1,2})(?=\s?[.,;)])/gu

const mayHoldMark = /[[⁰¹²³⁴-⁹]|[.!?]["”’»)]?\d|\([ivx]{2}|\b(?:19|20)\d{3}/

/** Whether the words before it allow a mark: not `m²`, a unit, `Art.5`, an abbreviation, `paragraph (iv)`. */
function isMark(found: RegExpExecArray, text: string): boolean {
  const before = text.slice(Math.max(0, found.index - 16), found.index)
  if (found[1] !== undefined) return true
  if (found[5] !== undefined) return yearOfMonth.test(before)
  if (found[2] !== undefined) return /\s$/.test(before) && !numbered.test(before)
  if (found[4] !== undefined) return /\p{Ll}{2}$/u.test(before) && !shortened.test(before)
  return found[0].length <= 3 && !/(?:(?<!\p{L})[kcdm]?m|[×·x*]\s?10)$/iu.test(before)
}

/** The month and year before the figure of a note: `September 2017`. */
const yearOfMonth =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d$/

const numbered = /\b(?:paragraph|article|section|clause|point|annex|item|part|phase|table|figure)\s$/i

/** Abbreviations that may stand right before a number. */
const shortened =
  /(?<!\p{L})(?:no|nr|art|fig|vol|ch|pp|sec|sect|par|para|chap|cap|núm|num|pág|pag|page|abs|approx|vers?|st|gen|lt|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|буд|кв|ст|рис|див|обл|им|ул|стр|стор|дом|пл|вул|пр|просп|гл|пп|корп|табл|листоп|берез|верес|нояб|сент|февр)$/iu

/** Makes notes of the blocks in a report's list of footnotes: each begins with its mark and names a source. */
export function markNotes(blocks: Block[]): Block[] {
  const heading = blocks.findLastIndex(({ runs }) => notesHeading.test(textOf(runs).trim()))
  return blocks.map((block, i) => {
    const text = textOf(block.runs).trimStart()
    const isInList = heading >= 0 && i > heading && block.kind !== 'heading'
    const isNote =
      (noteMark.test(text) && (hasSource(block) || isInList)) ||
      (isInList && hasSource(block) && /^\d{1,3}\b/.test(text))
    return isNote || bareAddress.test(text.trim()) ? { ...block, kind: 'notes', level: 0, item: 0 } : block
  })
}

/** The address of the first source of every note, by its mark. */
export function noteSources(blocks: Block[]): Map<string, string> {
  const sources = new Map<string, string>()
  for (const block of blocks) {
    const mark = block.kind === 'notes' ? markOf(textOf(block.runs).trimStart()) : undefined
    const url = mark && !sources.has(mark) ? sourceIn(block) : undefined
    if (mark && url) sources.set(mark, url)
  }
  return sources
}

/** A reference with the source of its note, where the mark itself has no link. */
export function withSource(reference: Reference, sources: Map<string, string>): Reference {
  const url = reference.url ?? sources.get(reference.mark.toLowerCase())
  return url ? { mark: reference.mark, url } : { mark: reference.mark }
}

function markOf(text: string): string | undefined {
  return (noteMark.exec(text)?.[1] ?? /^(\d{1,3})\b/.exec(text)?.[1])?.toLowerCase()
}

const noteMark = /^\[\^?(\d{1,3}|[ivxlcdm]{1,8})\]:?(?!\p{L})/iu
const notesHeading = /^(?:end\s?notes|foot\s?notes|notes|references|sources|citations)\s*:?$/i
const bareAddress = /^https?:\/\/\S+$/

const hasSource = (block: Block) =>
  /https?:\/\//.test(textOf(block.runs)) || block.runs.some(({ link }) => isSource(link))

/** The first whole address of a note. Publishers disarm some (`https://t dot me/...`) and put several into one link. */
function sourceIn(block: Block): string | undefined {
  for (const { link, text } of block.runs) {
    const url = isSource(link) && !/ dot /.test(text) ? firstAddress(link) : undefined
    if (url) return url
  }
  return firstAddress(textOf(block.runs))
}

function firstAddress(text: string): string | undefined {
  for (const [found] of matchesOf(text, address)) {
    const url = found.replace(/[;,.)]{1,9}$/, '')
    if (wholeHost.test(url)) return url
  }
  return undefined
}

const address = /https?:\/\/[^\s<>"'\]]+/gi
/** In `https://t dot me` only half an address is found, and its host has no dot. */
const wholeHost = /^https?:\/\/[^/]+\.[a-z]{2,}/i

const isSource = (link: string | null): link is string =>
  link !== null && /^https?:\/\//i.test(link) && !/#_?(?:edn|ftn|fn|ref|cite)/i.test(link)
