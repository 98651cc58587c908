import { addRun, type Block, type TextRun, textRun } from './block.ts'
import { outlineBlocks } from './text-blocks.ts'

/** Reads Markdown into blocks; a front matter is left out, marks that close nothing stay as they stand. */
export function markdownBlocks(markdown: string): Block[] {
  return outlineBlocks(withoutFrontMatter(markdown), inlineRuns)
}

/** Whether a text sent as plain is Markdown after all: a front matter, bold words, or links in its style. */
export function looksLikeMarkdown(text: string): boolean {
  return (
    frontMatter.test(text.slice(0, longestFrontMatter)) ||
    /\*\*[^*\s][^*\n]{0,300}\*\*/.test(text) ||
    /\]\(https?:\/\//.test(text)
  )
}

function withoutFrontMatter(markdown: string): string {
  return markdown.slice(frontMatter.exec(markdown.slice(0, longestFrontMatter))?.[0].length ?? 0)
}

const longestFrontMatter = 20_000

const frontMatter = /^\uFEFF?---[ \t]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n|\r?\n)*---[ \t]*\r?\n/

/** The styled runs of one block: bold, links, pictures left out, escapes undone. Linear in its length. */
export function inlineRuns(text: string): TextRun[] {
  const links = linksOf(text)
  const runs: TextRun[] = []
  const style = { bold: false, link: null as string | null }
  const emphasis = new Set<string>()
  const add = (piece: string) => piece !== '' && addRun(runs, textRun(piece, style))
  let at = 0
  for (const { 0: mark, index } of text.matchAll(tokens)) {
    if (index < at) continue
    add(text.slice(at, index))
    at = index + mark.length
    const link = links.get(at - 1)
    if (mark.startsWith('\\')) add(mark.slice(1))
    else if (mark === '**' || mark === '__') style.bold = !style.bold
    else if (mark.startsWith('<')) runs.push(...autolink(mark, style))
    else if (mark === '![' && link) at = link.end
    else if (mark === '[' && link) style.link = link.url
    else if (mark === ']' && link) {
      at = link.end
      style.link = null
    } else if (!toggles(emphasis, text, index)) add(mark)
  }
  add(text.slice(at))
  return runs
}

const tokens = /\\[!-/:-@[-`{-~]|\*\*|__|[*_`]|!\[|[[\]]|<(?:\/?[a-z][^<>\n]{0,300}|https?:\/\/[^<>\s]{1,2000})>/gi

function autolink(mark: string, style: { bold: boolean }): TextRun[] {
  const address = mark.slice(1, -1)
  return address.includes('://') && !/\s/.test(address) ? [textRun(address, { ...style, link: address })] : []
}

/** A single star or underscore opens emphasis before a word and closes it after one; any other stands for itself. */
function toggles(open: Set<string>, text: string, at: number): boolean {
  const sign = text[at] ?? ''
  if (sign === '`') return true
  if (sign !== '*' && sign !== '_') return false
  const solid = (letter: string | undefined) => letter !== undefined && !/\s/.test(letter)
  const word = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
  if (open.has(sign) && solid(text[at - 1]) && !(word(text[at - 1]) && word(text[at + 1]))) return open.delete(sign)
  if (!solid(text[at + 1]) || word(text[at - 1])) return false
  open.add(sign)
  return true
}

type Link = { url: string | null; end: number }

/** Every `[words](address)`, found by the offset of its opening bracket and by that of its closing one. */
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

function pairs(text: string, left: string, right: string): Map<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === left) open.push(at)
    else if (text[at] === right) {
      const from = open.pop()
      if (from !== undefined) found.set(from, at)
    }
  }
  return found
}

/** A title after the address, and the angle brackets that some converters leave around a part of it, are no part of it. */
function addressIn(target: string): string | null {
  return /^\s*(\S+)/.exec(target)?.[1]?.replace(/[<>]/g, '') ?? null
}
