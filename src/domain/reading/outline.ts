import type { Block, Run } from './block.ts'
import { textOf } from './block.ts'
import { bulletOf } from './bullets.ts'
import { isListName } from './list-names.ts'

/** A group of source lines that form one block, before its inline marks are read. */
type Draft = { kind: Block['kind']; level: number; item: number; indent: number; gap: boolean; text: string }

/** Reads the block structure that Markdown and typed text share; `inline` turns a block's text into styled runs. */
export function outlineBlocks(text: string, inline: (text: string) => Run[]): Block[] {
  const drafts = draftsOf(text.split(/\r\n?|\n/))
  return drafts
    .map(({ kind, level, item, gap, text }) => ({ kind, level, item, gap, runs: inline(text) }))
    .filter((b) => textOf(b.runs).trim() !== '')
}

function draftsOf(lines: string[]): Draft[] {
  const wrapped = isWrapped(lines)
  const drafts: Draft[] = []
  let open: Draft | null = null
  let gap = false
  let items = 0
  let outerIndent = 0
  for (const line of lines) {
    if (line.trim() === '') {
      open = null
      continue
    }
    if (rule.test(line) || picture.test(line)) {
      const title = open && open.kind === 'paragraph' && underline.test(line) ? open : null
      if (title) Object.assign(title, { kind: 'heading', level: line.trim().startsWith('=') ? 1 : 2 })
      else gap = true
      open = null
      continue
    }
    const start = startOf(line)
    if (start.kind === 'item') {
      const within = drafts.at(-1)?.kind === 'item' && start.indent > outerIndent + 1
      if (!within) {
        items += 1
        outerIndent = start.indent
      }
      start.item = items
      start.level = within ? 2 + Math.floor((start.indent - outerIndent - 2) / 4) : 1
    }
    if (open && continues(open, start, line, wrapped)) {
      open.text += `\n${start.kind === 'quote' ? start.text : line.trim()}`
      continue
    }
    const last = drafts.at(-1)
    if (
      !open &&
      last?.kind === 'item' &&
      start.kind === 'paragraph' &&
      start.indent >= 2 &&
      start.indent > outerIndent
    ) {
      Object.assign(start, { kind: 'item', level: last.level, item: last.item })
    }
    open = { ...start, gap }
    drafts.push(open)
    gap = false
    if (open.kind === 'heading' || open.kind === 'row') open = null
  }
  return drafts
}

function startOf(line: string): Draft {
  const indent = line.length - line.trimStart().length
  const text = line.trim()
  const base = { level: 0, item: 0, indent, gap: false }
  const heading = /^(#{1,6})(?:\s+|$)/.exec(text)
  if (heading)
    return {
      ...base,
      kind: 'heading',
      level: heading[1]?.length ?? 1,
      text: text.slice(heading[0].length).replace(/\s#+$/, ''),
    }
  if (text.startsWith('>')) return { ...base, kind: 'quote', text: text.replace(/^[>\s]+/, '') }
  if (text.startsWith('|')) return { ...base, kind: 'row', text: text.replace(/^\||\|$/g, '').trim() }
  const bullet = bulletOf(text)
  if (bullet?.text) return { ...base, kind: 'item', text: text.slice(bullet.length) }
  return { ...base, kind: 'paragraph', text }
}

/** Whether a line only carries on the block above it: text wrapped at a width, or the tail of an item in small letters. */
function continues(open: Draft, start: Draft, line: string, wrapped: boolean): boolean {
  if (start.kind === 'quote') return open.kind === 'quote'
  if (start.kind !== 'paragraph' || isListName(open.text) || isListName(start.text)) return false
  const ended = /[.!?:]["”’)\]*_]*\s*$/.test(open.text)
  if (open.kind === 'item') return start.indent > open.indent || !ended
  return wrapped ? lastLine(open.text).length >= 40 || !ended : /^\s*\p{Ll}/u.test(line) && !ended
}

const lastLine = (text: string) => text.slice(text.lastIndexOf('\n') + 1)

/** Text typed to a width has many lines and nearly none above 100 letters; otherwise each line is a paragraph. */
function isWrapped(lines: string[]): boolean {
  const full = lines.filter((line) => line.trim() !== '')
  return full.filter((line) => line.length > 100).length * 20 <= full.length
}

const rule = /^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+|-{2,})$/
const underline = /^\s{0,3}(?:=+|-{2,})\s*$/
const picture = /^\s*!\[[^\]]*\]\([^)]*\)\s*$/
