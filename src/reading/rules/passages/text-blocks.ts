import { isListName } from '../takeaways/list-names.ts'
import { bareItems } from './bare-items.ts'
import { type Block, maxBlocks, type TextRun, textOf } from './block.ts'
import { bulletOf, isHeadLine } from './bullets.ts'

/** The source lines of one block, before its inline markup is read. */
type Draft = Omit<Block, 'runs' | 'depth'> & { indent: number; lines: string[]; sign?: string }

/**
 * Reads the block structure that Markdown and plain text share; `inline` turns the text of a block into styled runs.
 */
export function textBlocks(text: string, inline: (text: string) => TextRun[]): Block[] {
  const lines = text.split(/\r\n?|\n/)
  const bare = bareItems(lines)
  const outline = new Outline(widthOf(lines))
  for (const [i, line] of lines.entries()) {
    if (outline.drafts.length > maxBlocks) break
    outline.add(bare.has(i) ? `• ${line.trim()}` : line)
  }
  return withHeads(outline.drafts)
    .map((draft) => ({
      kind: draft.kind,
      level: draft.level,
      item: draft.item,
      gap: draft.gap,
      depth: 0,
      runs: inline(draft.lines.join('\n')),
    }))
    .filter((block) => textOf(block.runs).trim() !== '')
}

/**
 * The width at which a text is wrapped: it has nearly no line above 100 characters. In other texts each line is a
 * paragraph, and the width is 0.
 */
function widthOf(lines: string[]): number {
  const lengths = lines.flatMap((line) => (line.trim() === '' ? [] : [line.length])).sort((a, b) => a - b)
  const nearlyLongest = lengths[Math.ceil(lengths.length * 0.95) - 1] ?? 0
  return nearlyLongest <= 100 ? nearlyLongest : 0
}

/** The blocks of a text, built line by line. */
class Outline {
  drafts: Draft[] = []
  #width: number
  #open: Draft | null = null
  #gap = false
  #items = 0
  #outerIndent = 0

  constructor(width: number) {
    this.#width = width
  }

  add(line: string): void {
    if (line.trim() === '') this.#open = null
    else if (isRule(line) || image.test(line)) this.#divide(line)
    else this.#append(draftOf(line))
  }

  /**
   * A line of dashes or equals signs makes the paragraph right above it a heading; elsewhere it separates two blocks.
   */
  #divide(line: string): void {
    if (this.#open?.kind === 'paragraph' && underline.test(line)) {
      this.#open.kind = 'heading'
      this.#open.level = line.trim().startsWith('=') ? 1 : 2
    } else this.#gap = true
    this.#open = null
  }

  #append(draft: Draft): void {
    if (draft.kind === 'item') this.#number(draft)
    if (this.#open && continues(this.#open, draft, this.#width)) {
      this.#open.lines.push(...draft.lines)
      return
    }
    if (!this.#open) this.#joinItem(draft)
    draft.gap = this.#gap
    this.#gap = false
    this.drafts.push(draft)
    this.#open = draft.kind === 'heading' || draft.kind === 'row' ? null : draft
  }

  /** An item with a deeper indent than the outermost items of its list belongs to the item above it. */
  #number(draft: Draft): void {
    const isNested = this.drafts.at(-1)?.kind === 'item' && draft.indent > this.#outerIndent + 1
    draft.level = isNested ? 2 + Math.floor((draft.indent - this.#outerIndent - 2) / 4) : 1
    if (!isNested) {
      this.#items += 1
      this.#outerIndent = draft.indent
    }
    draft.item = this.#items
  }

  /** An indented paragraph after an item is the item's second paragraph. */
  #joinItem(draft: Draft): void {
    const last = this.drafts.at(-1)
    if (last?.kind !== 'item' || draft.kind !== 'paragraph' || draft.indent < Math.max(2, this.#outerIndent + 1)) return
    draft.kind = 'item'
    draft.level = last.level
    draft.item = last.item
  }
}

function draftOf(line: string): Draft {
  const indent = line.length - line.trimStart().length
  const text = line.trim()
  const base = { level: 0, item: 0, indent, gap: false }
  const heading = /^(#{1,6})(?:\s+|$)/.exec(text)
  if (heading) {
    const words = text.slice(heading[0].length).replace(/\s#+$/, '')
    return { ...base, kind: 'heading', level: heading[1]?.length ?? 1, lines: [words] }
  }
  if (text.startsWith('>')) return { ...base, kind: 'quote', lines: [text.replace(/^[>\s]+/, '')] }
  if (text.startsWith('|')) return { ...base, kind: 'row', lines: [text.replace(/^\||\|$/g, '').trim()] }
  const bullet = bulletOf(text)
  if (bullet?.hasText) return { ...base, kind: 'item', lines: [text.slice(bullet.length)], sign: bullet.sign }
  return { ...base, kind: 'paragraph', lines: [text] }
}

/** Whether a line continues the block above it: it is wrapped, or the rest of an item in lower case. */
function continues(open: Draft, draft: Draft, width: number): boolean {
  if (draft.kind === 'quote') return open.kind === 'quote'
  const [last, next] = [open.lines.at(-1) ?? '', draft.lines[0] ?? '']
  if (draft.kind !== 'paragraph' || isListName(last) || isListName(next)) return false
  const isEnded = /[.!?:]["”’)\]*_]*$/.test(last.slice(-20))
  if (open.kind === 'item') return draft.indent > open.indent || goesOn(open, next, isEnded, width)
  return width > 0 ? last.length >= 40 || !isEnded : /^\p{Ll}/u.test(next) && !isEnded
}

/**
 * Whether the next line is the rest of an item, and not the paragraph after it: its first word had no room on the line
 * before, or it begins within a sentence.
 */
function goesOn(open: Draft, next: string, isEnded: boolean, width: number): boolean {
  const last = open.lines.at(-1) ?? ''
  const bullet = open.lines.length === 1 ? 2 : 0
  const firstWord = next.search(/\s|$/)
  const isFull = width > 0 && open.indent + bullet + last.length + 1 + firstWord > width
  return isFull || (!isEnded && /^[\p{Ll}\d("“]/u.test(next))
}

/** Makes headings of numbered lines before a paragraph and after no other number: `3. Shelter`. */
function withHeads(drafts: Draft[]): Draft[] {
  return drafts.map((draft, i) => {
    const isAlone = draft.sign === '1.' && drafts[i - 1]?.sign !== '1.' && drafts[i + 1]?.kind === 'paragraph'
    if (!isAlone || draft.lines.length > 1 || !isHeadLine(draft.lines[0] ?? '')) return draft
    return { ...draft, kind: 'heading', level: 6, item: 0 }
  })
}

/** Two or more dashes, three or more stars or underscores, or equals signs, with or without blanks between them. */
function isRule(line: string): boolean {
  return line.length <= 200 && /^(?:-{2,}|=+|\*{3,}|_{3,})$/.test(line.replace(/\s/g, ''))
}

const underline = /^\s{0,3}(?:=+|-{2,})\s*$/
/** An image in Markdown, or in the text that a browser for terminals makes. */
const image = /^\s*(?:!\[[^\]]*\]\([^)]*\)|\[(?:image|[\w-]{1,80}\.(?:png|jpe?g|gif|webp|svg))\])\s*$/i
