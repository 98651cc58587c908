import { type Block, sliceRuns, textOf } from './block.ts'

/** What stands between two cells of a row. */
export const cellSeparator = ' | '

/**
 * Makes paragraphs of the cells of tables that hold sentences: such a table lays out a text. Before sentences, a short
 * cell is their head. Rows of figures stay rows.
 */
export function cellsAsParagraphs(blocks: Block[]): Block[] {
  return blocks.flatMap((block) => (block.kind === 'row' ? cellsOf(block) : [block]))
}

function cellsOf(block: Block): Block[] {
  const cells = rangesOf(textOf(block.runs)).filter(({ text }) => text.length > 1 && !isMarker.test(text))
  const isAlone = cells.length === 1 && isLong(cells[0]?.text ?? '')
  const sentences = isAlone ? cells : cells.filter(({ text }) => isProse(text))
  const labels = cells.length - sentences.length
  if (sentences.length === 0 && labels === 1 && isLabel(block)) return [{ ...block, kind: 'paragraph' }]
  if (sentences.length === 0 || labels > 1 || (labels === 1 && isProse(cells[0]?.text ?? ''))) return [block]
  const runs = sliceRuns(
    block.runs,
    cells.map(({ from, to }) => [from, to]),
  )
  return cells.map(({ text }, i) => ({
    ...block,
    ...(isAlone || isProse(text) ? { kind: 'paragraph' as const } : { kind: 'heading' as const, level: 6 }),
    gap: i === 0 && block.gap,
    runs: runs[i] ?? [],
  }))
}

type Cell = { text: string; from: number; to: number }

function rangesOf(text: string): Cell[] {
  const cells: Cell[] = []
  let from = 0
  for (const part of text.split(cellSeparator)) {
    cells.push({ text: part.trim(), from, to: from + part.length })
    from += part.length + cellSeparator.length
  }
  return cells
}

/** The number or the bullet of a row. */
const isMarker = /^(?:\(?\d{1,2}[.)]?|[^\p{L}\p{N}]{1,3})$/u

/** Whether a row is set in bold as a whole, and so the head of the rows below it. */
const isLabel = ({ runs }: Block) => runs.every(({ bold, text }) => bold || !/[\p{L}\p{N}]/u.test(text))

/** Whether the only cell of a row holds more than a label or a figure. */
const isLong = (text: string) => (text.slice(0, 400).match(/\s/g)?.length ?? 0) >= 8

/** Whether a cell holds a sentence of some length. */
function isProse(text: string): boolean {
  return (
    text.length > 30 && /[.!?…][”"’»)\]]*$/u.test(text.slice(-5)) && (text.slice(0, 400).match(/\s/g)?.length ?? 0) >= 4
  )
}
