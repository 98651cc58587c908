import { addRun, type Block, type TextRun, textRun } from './block.ts'
import { textBlocks } from './text-blocks.ts'

/** Reads Markdown into blocks. Front matter is left out; a mark without its counterpart stays as text. */
export function markdownBlocks(markdown: string): Block[] {
  return textBlocks(withoutFrontMatter(markdown), inlineRuns)
}

/** Whether a plain text is Markdown: it has front matter, bold words or links. */
export function looksLikeMarkdown(text: string): boolean {
  return (
    frontMatter.test(text.slice(0, maxFrontMatter)) ||
    /\*\*[^*\s][^*\n]{0,300}\*\*/.test(text) ||
    /\]\(https?:\/\//.test(text)
  )
}

function withoutFrontMatter(markdown: string): string {
  return markdown.slice(frontMatter.exec(markdown.slice(0, maxFrontMatter))?.[0].length ?? 0)
}

const maxFrontMatter = 20_000

const frontMatter = /^\uFEFF?---[ \t]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n|\r?\n)*---[ \t]*\r?\n/

/** The styled runs of one block: bold words and links, without images and escapes. The time is linear in the length. */
function inlineRuns(text: string): TextRun[] {
  const reader = new InlineReader(text)
  for (const { 0: mark, index } of text.matchAll(inlineMarks)) reader.take(mark, index)
  return reader.finish()
}

const inlineMarks = /\\[!-/:-@[-`{-~]|\*\*|__|[*_`]|!\[|[[\]]|<(?:\/?[a-z][^<>\n]{0,300}|https?:\/\/[^<>\s]{1,2000})>/gi

class InlineReader {
  #text: string
  #links: Map<number, Link>
  #runs: TextRun[] = []
  #style = { bold: false, link: null as string | null }
  #emphasis = new Set<string>()
  #end = 0

  constructor(text: string) {
    this.#text = text
    this.#links = linksOf(text)
  }

  take(mark: string, index: number): void {
    if (index < this.#end) return
    this.#add(this.#text.slice(this.#end, index))
    this.#end = index + mark.length
    const link = this.#links.get(this.#end - 1)
    if (mark.startsWith('\\')) this.#add(mark.slice(1))
    else if (mark === '**' || mark === '__') this.#style.bold = !this.#style.bold
    else if (mark.startsWith('<')) this.#runs.push(...autolink(mark, this.#style))
    else if (link) this.#takeLink(mark, link)
    else if (!isEmphasis(this.#emphasis, this.#text, index)) this.#add(mark)
  }

  finish(): TextRun[] {
    this.#add(this.#text.slice(this.#end))
    return this.#runs
  }

  /** An image is skipped; the address of a link is skipped after its words. */
  #takeLink(mark: string, link: Link): void {
    if (mark === '[') {
      this.#style.link = link.url
      return
    }
    this.#end = link.end
    if (mark === ']') this.#style.link = null
  }

  #add(text: string): void {
    if (text !== '') addRun(this.#runs, textRun(text, this.#style))
  }
}

function autolink(mark: string, style: { bold: boolean }): TextRun[] {
  const address = mark.slice(1, -1)
  return address.includes('://') && !/\s/.test(address) ? [textRun(address, { ...style, link: address })] : []
}

/** Whether a star or underscore opens emphasis (before a word) or closes it (after a word), so that it is no text. */
function isEmphasis(open: Set<string>, text: string, index: number): boolean {
  const sign = text[index] ?? ''
  if (sign === '`') return true
  if (sign !== '*' && sign !== '_') return false
  const [before, after] = [text[index - 1] ?? ' ', text[index + 1] ?? ' ']
  if (open.has(sign) && !isBlank(before) && !(isWordCharacter(before) && isWordCharacter(after)))
    return open.delete(sign)
  if (isBlank(after) || isWordCharacter(before)) return false
  open.add(sign)
  return true
}

const isBlank = (character: string) => /\s/.test(character)
const isWordCharacter = (character: string) => /[\p{L}\p{N}]/u.test(character)

type Link = { url: string | null; end: number }

/** Every `[words](address)`, by the offsets of its opening and of its closing bracket. */
function linksOf(text: string): Map<number, Link> {
  const links = new Map<number, Link>()
  const square = pairs(text, '[', ']')
  if (square.size === 0) return links
  const round = pairs(text, '(', ')')
  for (const [from, to] of square) {
    const end = round.get(to + 1)
    if (end === undefined) continue
    const link = { url: addressIn(text.slice(to + 2, end)), end: end + 1 }
    links.set(from, link)
    links.set(to, link)
  }
  return links
}

/** The offsets of matching brackets. */
function pairs(text: string, left: string, right: string): Map<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === left) open.push(i)
    else if (text[i] === right) {
      const from = open.pop()
      if (from !== undefined) found.set(from, i)
    }
  }
  return found
}

/**
 * The address without the title that may follow it, and without the angle brackets that some converters leave in it.
 */
function addressIn(target: string): string | null {
  return /^\s*(\S+)/.exec(target)?.[1]?.replace(/[<>]/g, '') ?? null
}
