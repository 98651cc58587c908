import type { Source } from '../types.ts'
import { type Block, mostBlocks, textRun } from './block.ts'
import { isBoilerplate } from './boilerplate.ts'
import { takeBullets } from './bullets.ts'
import { noteSources, resolve, tellNotes } from './citations.ts'
import { htmlBlocks } from './html-blocks.ts'
import { looksLikeMarkdown, markdownBlocks } from './markdown-blocks.ts'
import { type NormalBlock, normalise } from './normalise.ts'
import type { Page, PagePart } from './page.ts'
import { splitLines } from './split-lines.ts'
import { outlineBlocks } from './text-blocks.ts'

/**
 * Turns a report in any of its forms into one canonical text and its numbered passages. Items of a list stand on lines of
 * their own, other passages have an empty line between them. Never throws, whatever the input.
 */
export function passagesOf(source: Source): Page {
  const found = takeBullets(splitLines(blocksOf(source)).slice(0, mostBlocks))
  const blocks = tellNotes(found)
  return lay(reportIn(blocks) ?? reportIn(found) ?? found, noteSources(blocks))
}

/** A text of nothing but notes or furniture is read all the same: there is nothing else in it. */
function reportIn(blocks: Block[]): Block[] | null {
  const kept = blocks.filter((block) => !isBoilerplate(block))
  return kept.some((block) => block.kind !== 'notes') ? kept : null
}

function blocksOf(source: Source): Block[] {
  if ('html' in source) return htmlBlocks(source.html)
  if ('markdown' in source) return markdownBlocks(source.markdown)
  return looksLikeMarkdown(source.text) ? markdownBlocks(source.text) : plainBlocks(source.text)
}

function lay(blocks: Block[], sources: Map<string, string>): Page {
  const parts: PagePart[] = []
  const texts: string[] = []
  let at = 0
  for (const block of blocks) {
    const set = normalise(block)
    if (set.text === '') continue
    const before = parts.at(-1)
    const space = before === undefined ? '' : before.kind === 'item' && block.kind === 'item' ? '\n' : '\n\n'
    const start = at + space.length
    const end = start + set.text.length
    const bold = set.bold.map((b) => ({ start: start + b.start, end: start + b.end }))
    const marks = set.marks.map((m) => ({ at: start + m.at, reference: resolve(m.reference, sources) }))
    const references = [...new Map(marks.map((m) => [m.reference.mark, m.reference])).values()]
    parts.push({
      n: parts.length + 1,
      ...kindOf(block, set),
      start,
      end,
      references,
      bold,
      marks,
      item: block.item,
      gap: block.gap,
    })
    texts.push(space, set.text)
    at = end
  }
  return { text: texts.join(''), parts }
}

/** A short paragraph that is bold from end to end and is no sentence serves as a heading. */
function kindOf(block: Block, set: NormalBlock): Pick<PagePart, 'kind' | 'level'> {
  const bold = set.bold.reduce((sum, b) => sum + b.end - b.start, 0)
  const title =
    block.kind === 'paragraph' &&
    set.text.length <= 300 &&
    bold >= set.text.length * 0.9 &&
    !/[.!?…]["”’)\]]*$/.test(set.text)
  return title ? { kind: 'heading', level: 6 } : { kind: block.kind, level: block.level }
}

/** Reads plain text into blocks: paragraphs by empty or full lines, items by their bullets. */
export function plainBlocks(text: string): Block[] {
  return outlineBlocks(text, (line) => [textRun(line)])
}
