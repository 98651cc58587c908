import { gluedListName, isListName } from '../takeaways/list-names.ts'
import { type Block, cut, type TextRun, textOf } from './block.ts'
import { bulletOf, innerBullets } from './bullets.ts'

/**
 * Splits blocks where their publisher broke lines for a reason: a list typed with bullets and line breaks, an empty line,
 * a list's name glued to the line before it, items glued to each other.
 */
export function splitLines(blocks: Block[]): Block[] {
  return blocks.flatMap((block) => split(block, paragraphsIn(textOf(block.runs))).flatMap(unglued))
}

type Stretch = [from: number, to: number]

/** One block of each stretch of a block's text; only the first has the gap that came before the whole. */
function split(block: Block, stretches: Stretch[]): Block[] {
  if (stretches.length === 1 && stretches[0]?.[0] === 0) return [block]
  return cut(block.runs, stretches).map((runs, i) => ({ ...block, gap: i === 0 && block.gap, runs }))
}

/** Lines that belong together, as stretches of the text. */
function paragraphsIn(text: string): Stretch[] {
  if (!text.includes('\n')) return [[0, text.length]]
  const found: Stretch[] = []
  let at = 0
  let before: string | null = null
  for (const line of text.split('\n')) {
    const last = found.at(-1)
    if (line.trim() === '') before = null
    else {
      if (last && before !== null && !startsAnew(line, before, text.slice(...last))) last[1] = at + line.length
      else found.push([at, at + line.length])
      before = line
    }
    at += line.length + 1
  }
  return found
}

/** A bullet or a list's name begins anew, and so does any line after a list's name or after an item that has come to its full stop. */
function startsAnew(line: string, before: string, paragraph: string): boolean {
  if (bulletOf(line) !== null || isListName(line) || isListName(before)) return true
  return bulletOf(paragraph) !== null && /[.!?]["”’)\]]*\s*$/.test(before.slice(-20))
}

/** A name glued to the end of a title, in bold or in capitals, and items glued to each other on one line, stand on their own. */
function unglued(block: Block): Block[] {
  if (block.kind === 'heading') return [block]
  const text = textOf(block.runs)
  const name = boldListName(block.runs) ?? gluedListName(text)
  const bullet = name > 0 ? null : bulletOf(text)
  const cuts = name > 0 ? [name] : bullet ? innerBullets(text, bullet.sign) : []
  return split(
    block,
    [0, ...cuts].map((from, i) => [from, cuts[i] ?? text.length]),
  )
}

function boldListName(runs: TextRun[]): number | null {
  const lastPlain = runs.findLastIndex((r) => !r.bold && r.text.trim() !== '')
  if (lastPlain < 0 || lastPlain === runs.length - 1) return null
  const at = runs.slice(0, lastPlain + 1).reduce((length, r) => length + r.text.length, 0)
  return isListName(textOf(runs.slice(lastPlain + 1))) ? at : null
}
