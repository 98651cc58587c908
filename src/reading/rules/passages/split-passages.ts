import type { Source } from '../types.ts'
import { type Block, maxBlocks, textOf, textRun } from './block.ts'
import { boilerplateOf, withoutFurnitureSentences } from './boilerplate.ts'
import { takeBullets } from './bullets.ts'
import { markNotes, noteSources, withSource } from './citations.ts'
import { withoutSections } from './furniture-sections.ts'
import { splitLabels, withoutHeadingNumbers } from './heads.ts'
import { htmlBlocks } from './html-blocks.ts'
import { separateOutlets } from './link-clusters.ts'
import { looksLikeMarkdown, markdownBlocks } from './markdown-blocks.ts'
import { type NormalBlock, normalise } from './normalise.ts'
import type { Page, PagePart } from './page.ts'
import { splitLines } from './split-lines.ts'
import { cellsAsParagraphs } from './table-rows.ts'
import { textBlocks } from './text-blocks.ts'

/**
 * Turns a report in any of its forms into one canonical text and its numbered passages. List items are separated by a
 * line break, other passages by an empty line. Never throws, whatever the input.
 */
export function passagesOf(source: Source): Page {
  const lines = splitLines(cellsAsParagraphs(blocksOf(source))).slice(0, maxBlocks)
  const blocks = splitLabels(withoutHeadingNumbers(separateOutlets(takeBullets(lines))))
  const withNotes = markNotes(blocks)
  return pageOf(withoutBoilerplate(withNotes) ?? withoutBoilerplate(blocks) ?? menuOf(blocks), noteSources(withNotes))
}

function blocksOf(source: Source): Block[] {
  if ('html' in source) return htmlBlocks(source.html)
  if ('markdown' in source) return markdownBlocks(source.markdown)
  return looksLikeMarkdown(source.text) ? markdownBlocks(source.text) : plainBlocks(source.text)
}

/** Reads plain text into blocks: paragraphs by empty or full lines, items by their bullets. */
function plainBlocks(text: string): Block[] {
  return textBlocks(text, (line) => [textRun(line)])
}

/** The blocks without the furniture of the page around a report; null where only notes are left. */
function withoutBoilerplate(blocks: Block[]): Block[] | null {
  const kept = withoutSections(blocks).flatMap((block) => {
    const text = textOf(block.runs)
    return boilerplateOf(block, text) === null ? (withoutFurnitureSentences(block, text) ?? []) : []
  })
  return kept.some((block) => block.kind !== 'notes') ? kept : null
}

/** A text of nothing but links is read as it is; one of nothing but furniture is empty. */
const menuOf = (blocks: Block[]) =>
  blocks.filter((block) => boilerplateOf(block) !== 'sure' && withoutFurnitureSentences(block))

/** Joins blocks into one text; `sources` are the addresses of the notes by their marks. */
function pageOf(blocks: Block[], sources: Map<string, string>): Page {
  const parts: PagePart[] = []
  const texts: string[] = []
  let length = 0
  for (const block of blocks) {
    const normal = normalise(block)
    if (normal.text === '') continue
    const separator = separatorBetween(parts.at(-1), block)
    const part = partOf(block, normal, length + separator.length, sources)
    parts.push({ n: parts.length + 1, ...part })
    texts.push(separator, normal.text)
    length = part.end
  }
  return { text: texts.join(''), parts }
}

function separatorBetween(before: PagePart | undefined, block: Block): string {
  if (!before) return ''
  return before.kind === 'item' && block.kind === 'item' ? '\n' : '\n\n'
}

function partOf(block: Block, normal: NormalBlock, start: number, sources: Map<string, string>): Omit<PagePart, 'n'> {
  const marks = normal.marks.map((mark) => ({
    offset: start + mark.offset,
    reference: withSource(mark.reference, sources),
  }))
  return {
    ...kindOf(block, normal),
    start,
    end: start + normal.text.length,
    references: [...new Map(marks.map(({ reference }) => [reference.mark, reference])).values()],
    bold: normal.bold.map((span) => ({ start: start + span.start, end: start + span.end })),
    marks,
    item: block.item,
    gap: block.gap,
    depth: block.depth,
  }
}

/** A short paragraph in bold that is no sentence is a heading. */
function kindOf(block: Block, { text, bold }: NormalBlock): Pick<PagePart, 'kind' | 'level'> {
  const boldLength = bold.reduce((sum, span) => sum + span.end - span.start, 0)
  const isHeading =
    block.kind === 'paragraph' &&
    text.length <= 300 &&
    boldLength >= text.length * 0.9 &&
    !/[.!?…]["”’)\]]*$/.test(text)
  return isHeading ? { kind: 'heading', level: 6 } : { kind: block.kind, level: block.level }
}
