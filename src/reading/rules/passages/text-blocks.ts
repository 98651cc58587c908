import { isListName } from '../takeaways/list-names.ts'
import { type Block, mostBlocks, type TextRun, textOf } from './block.ts'
import { bulletOf } from './bullets.ts'

/** A group of source lines that form one block, before its inline marks are read. */
type Draft = Omit<Block, 'runs'> & { indent: number; lines: string[] }

/** Reads the block structure that Markdown and typed text share; `inline` turns a block's text into styled runs. */
export function outlineBlocks(text: string, inline: (text: string) => TextRun[]): Block[] {
  const lines = text.split(/\r\n?|\n/)
  const outline = new Outline(isWrapped(lines))
  for (const line of lines) {
    if (outline.drafts.length > mostBlocks) break
    outline.take(line)
  }
  return outline.drafts
    .map(({ kind, level, item, gap, lines }) => ({ kind, level, item, gap, runs: inline(lines.join('\n')) }))
    .filter((block) => textOf(block.runs).trim() !== '')
}

class Outline {
  drafts: Draft[] = []
  #wrapped: boolean
  #open: Draft | null = null
  #gap = false
  #items = 0
  #outerIndent = 0

  constructor(wrapped: boolean) {
    this.#wrapped = wrapped
  }

  take(line: string): void {
    if (line.trim() === '') this.#open = null
    else if (isRule(line) || picture.test(line)) this.#divide(line)
    else this.#write(draftOf(line))
  }

  /** A line of dashes or equals signs makes the paragraph right above it a heading; elsewhere it parts two blocks. */
  #divide(line: string): void {
    if (this.#open?.kind === 'paragraph' && underline.test(line)) {
      this.#open.kind = 'heading'
      this.#open.level = line.trim().startsWith('=') ? 1 : 2
    } else this.#gap = true
    this.#open = null
  }

  #write(draft: Draft): void {
    if (draft.kind === 'item') this.#number(draft)
    if (this.#open && continues(this.#open, draft, this.#wrapped)) {
      this.#open.lines.push(...draft.lines)
      return
    }
    if (!this.#open) this.#adopt(draft)
    draft.gap = this.#gap
    this.#gap = false
    this.drafts.push(draft)
    this.#open = draft.kind === 'heading' || draft.kind === 'row' ? null : draft
  }

  /** An item that stands further in than the outermost ones of its list belongs to the one above it. */
  #number(draft: Draft): void {
    const within = this.drafts.at(-1)?.kind === 'item' && draft.indent > this.#outerIndent + 1
    draft.level = within ? 2 + Math.floor((draft.indent - this.#outerIndent - 2) / 4) : 1
    if (!within) {
      this.#items += 1
      this.#outerIndent = draft.indent
    }
    draft.item = this.#items
  }

  /** An indented paragraph after an item is that item's second paragraph. */
  #adopt(draft: Draft): void {
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
  if (bullet?.text) return { ...base, kind: 'item', lines: [text.slice(bullet.length)] }
  return { ...base, kind: 'paragraph', lines: [text] }
}

/** Whether a line only carries on the block above it: text wrapped at a width, or the tail of an item in small letters. */
function continues(open: Draft, draft: Draft, wrapped: boolean): boolean {
  if (draft.kind === 'quote') return open.kind === 'quote'
  const [last, next] = [open.lines.at(-1) ?? '', draft.lines[0] ?? '']
  if (draft.kind !== 'paragraph' || isListName(last) || isListName(next)) return false
  const ended = /[.!?:]["”’)\]*_]*$/.test(last.slice(-20))
  if (open.kind === 'item') return draft.indent > open.indent || !ended
  return wrapped ? last.length >= 40 || !ended : /^\p{Ll}/u.test(next) && !ended
}

/** Text typed to a width has many lines and nearly none above 100 letters; otherwise each line is a paragraph. */
function isWrapped(lines: string[]): boolean {
  const full = lines.filter((line) => line.trim() !== '')
  return full.filter((line) => line.length > 100).length * 20 <= full.length
}

/** Three dashes, stars or underscores with or without blanks, or a line of equals signs or dashes under a heading. */
function isRule(line: string): boolean {
  return line.length <= 200 && /^(?:-{2,}|=+|\*{3,}|_{3,})$/.test(line.replace(/\s/g, ''))
}

const underline = /^\s{0,3}(?:=+|-{2,})\s*$/
const picture = /^\s*!\[[^\]]*\]\([^)]*\)\s*$/
