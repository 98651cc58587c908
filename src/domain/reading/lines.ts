import { type Block, cut, type Run, textOf } from './block.ts'
import { bulletOf, innerBullets } from './bullets.ts'
import { gluedListName, isListName } from './list-names.ts'

/**
 * Splits blocks where their publisher broke lines for a reason: a list typed with bullets and line breaks, an empty line,
 * a list's name glued to the line before it. Typed bullets become items, and their signs leave the text.
 */
export function splitLines(blocks: Block[]): Block[] {
  const lines = blocks.flatMap((block) => blockLines(block).flatMap(splitGlued))
  return takeBullets(lines)
}

function blockLines(block: Block): Block[] {
  if (!block.runs.some((r) => r.text.includes('\n'))) return [block]
  const text = textOf(block.runs)
  const found: Block[] = []
  let paragraph: [from: number, to: number] | null = null
  const end = () => {
    if (paragraph) found.push(part(block, paragraph[0], paragraph[1], found.length === 0))
    paragraph = null
  }
  for (const [from, line] of linesOf(text)) {
    const to = from + line.length
    if (line.trim() === '') end()
    else if (paragraph && !startsAnew(line, text.slice(...paragraph))) paragraph = [paragraph[0], to]
    else {
      end()
      paragraph = [from, to]
    }
  }
  end()
  return found
}

function* linesOf(text: string): Generator<[number, string]> {
  let at = 0
  for (const line of text.split('\n')) {
    yield [at, line]
    at += line.length + 1
  }
}

/** A line that goes on in small letters continues an item; any other line after a list's name or an ended item begins anew. */
function startsAnew(line: string, before: string): boolean {
  return (
    bulletOf(line) !== null ||
    isListName(line) ||
    isListName(before) ||
    (bulletOf(before) !== null && /[.!?]["”’)\]]*\s*$/.test(before))
  )
}

function part(block: Block, from: number, to: number, first: boolean): Block {
  return { ...block, gap: first && block.gap, runs: cut(block.runs, from, to) }
}

/** A name glued to the end of a title, bold or in capitals, and items glued to each other on one line, stand on their own. */
function splitGlued(block: Block): Block[] {
  if (block.kind === 'heading') return [block]
  const text = textOf(block.runs)
  const at = gluedBold(block.runs) ?? gluedListName(text)
  if (at > 0) return [part(block, 0, at, true), part(block, at, text.length, false)]
  const bullet = bulletOf(text)
  const cuts = bullet ? innerBullets(text, bullet.sign) : []
  return [0, ...cuts].map((from, i) => part(block, from, cuts[i] ?? text.length, i === 0))
}

function gluedBold(runs: Run[]): number | null {
  const text = textOf(runs)
  const lastPlain = runs.findLastIndex((r) => !r.bold && r.text.trim() !== '')
  if (lastPlain < 0 || lastPlain === runs.length - 1) return null
  const at = textOf(runs.slice(0, lastPlain + 1)).length
  return isListName(text.slice(at)) ? at : null
}

function takeBullets(blocks: Block[]): Block[] {
  const taken: Block[] = []
  let items = blocks.reduce((most, b) => Math.max(most, b.item), 0)
  let outer = ''
  let lone = false
  for (const block of blocks) {
    const text = textOf(block.runs)
    const bullet = block.kind === 'heading' ? null : bulletOf(text)
    if (bullet && !bullet.text) {
      lone = true
      continue
    }
    if (!bullet && !lone) {
      taken.push(block)
      if (block.kind !== 'item') outer = ''
      continue
    }
    lone = false
    if (block.item > 0) {
      taken.push(bullet ? part(block, bullet.length, text.length, true) : block)
      continue
    }
    outer ||= bullet?.sign ?? ''
    const nested = block.level > 1 || (bullet !== null && bullet.sign !== outer && outer !== '')
    if (!nested) items += 1
    taken.push({
      ...block,
      kind: 'item',
      level: nested ? Math.max(2, block.level) : 1,
      item: items,
      runs: cut(block.runs, bullet?.length ?? 0),
    })
  }
  return taken
}
