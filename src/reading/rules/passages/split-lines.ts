import { gluedListName, isListName } from '../takeaways/list-names.ts'
import { bareItems } from './bare-items.ts'
import { type Block, sliceRuns, type TextRun, textOf } from './block.ts'
import { bulletOf, innerBullets } from './bullets.ts'
import { standfirstCuts } from './standfirst.ts'

/**
 * Splits blocks where their line breaks mean something: a list typed with bullets, an empty line, a list's name at the
 * end of the line before the list, several items on one line.
 */
export function splitLines(blocks: Block[]): Block[] {
  const lines = blocks.flatMap((block, i) =>
    split(
      block,
      paragraphsIn(textOf(block.runs), () => nameAbove(blocks[i - 1])),
    ),
  )
  const first = lines.findIndex(({ kind }) => kind === 'paragraph')
  return lines.flatMap((block, i) => {
    const parts = splitGlued(block, () => isBeforeItems(lines, i)).flatMap(splitItem)
    return i === first && parts.length === 1 ? splitStandfirst(block) : parts
  })
}

/**
 * Splits off the line below a title, where a summary joins it to the first sentence of the report, with a call to sign up
 * between them or not.
 */
function splitStandfirst(block: Block): Block[] {
  const text = textOf(block.runs)
  const call = signUp.exec(text.slice(0, maxToSignUp))
  const cuts = call ? [call.index, call.index + call[0].length] : standfirstCuts(text)
  return split(
    block,
    [0, ...cuts].map((from, i) => [from, cuts[i] ?? text.length]),
  )
}

const maxToSignUp = 600
const signUp =
  /(?<= )Sign up (?:for|to) (?:the|our)\b[^.:;]{3,50}? (?:e-?mails?|newsletters?|briefings?|alerts?)(?= \p{Lu})/u

/** Whether list items follow a block, right below it or after a paragraph that ends with a colon. */
function isBeforeItems(blocks: Block[], i: number): boolean {
  const [next, second] = [blocks[i + 1], blocks[i + 2]]
  return isItem(next) || (next?.kind === 'paragraph' && /:\s*$/.test(textOf(next.runs).slice(-9)) && isItem(second))
}

const isItem = (block: Block | undefined) =>
  block !== undefined && (block.kind === 'item' || (block.kind === 'paragraph' && bulletOf(startOf(block)) !== null))

const startOf = (block: Block) => (block.runs[0]?.text ?? '').slice(0, 60)

type Range = [from: number, to: number]

/** A block for each range of a block's text; only the first has the gap that came before the whole. */
function split(block: Block, ranges: Range[]): Block[] {
  if (ranges.length === 1 && ranges[0]?.[0] === 0) return [block]
  return sliceRuns(block.runs, ranges).map((runs, i) => ({ ...block, gap: i === 0 && block.gap, runs }))
}

/** The text of the block above, where it can be the name of a list. */
function nameAbove(block: Block | undefined): string {
  const text = block ? textOf(block.runs) : ''
  return text.length < 90 && !text.includes('\n') ? text : ''
}

/** The ranges of lines that belong together; `name` gives the line above them. */
function paragraphsIn(text: string, name: () => string): Range[] {
  if (!text.includes('\n')) return [[0, text.length]]
  const lines = text.split('\n')
  const bare = bareItems([name(), ...lines])
  const paragraphs: Range[] = []
  let offset = 0
  let before: string | null = null
  for (const [i, line] of lines.entries()) {
    const end = offset + line.length
    if (line.trim() === '') before = null
    else {
      const last = paragraphs.at(-1)
      if (last && before !== null && !bare.has(i + 1) && !startsParagraph(line, before, text.slice(...last)))
        last[1] = end
      else paragraphs.push([offset, end])
      before = line
    }
    offset = end + 1
  }
  return paragraphs
}

/** A bullet or a list's name starts a paragraph; so does any line after a list's name or after a finished item. */
function startsParagraph(line: string, before: string, paragraph: string): boolean {
  if (bulletOf(line) !== null || isListName(line) || isListName(before)) return true
  return bulletOf(paragraph) !== null && /[.!?]["”’)\]]*\s*$/.test(before.slice(-20))
}

/** Splits off a list's name in bold or capitals after a title, and the items after the first one on a line. */
function splitGlued(block: Block, isBeforeItem: () => boolean): Block[] {
  if (block.kind === 'heading') return [block]
  const text = textOf(block.runs)
  const name = boldListName(block.runs) ?? gluedListName(text, isBeforeItem)
  const items = name > 0 ? 0 : leadingListName(text)
  const bullet = name > 0 ? null : bulletOf(text.slice(items))
  const inner = bullet ? innerBullets(text.slice(items), bullet.sign).map((offset) => items + offset) : []
  const cuts = name > 0 ? [name] : items > 0 ? [items, ...inner] : inner
  return split(
    block,
    [0, ...cuts].map((from, i) => [from, cuts[i] ?? text.length]),
  )
}

/** Splits an item in which a typed bullet begins another one behind a full stop; a nested item stays whole. */
function splitItem(block: Block): Block[] {
  if (block.kind !== 'item' || block.level > 1) return [block]
  const text = textOf(block.runs)
  const cuts = [...text.matchAll(bulletWithin)].map(({ index }) => index)
  const [first, ...others] = split(
    block,
    [0, ...cuts].map((from, i) => [from, cuts[i] ?? text.length]),
  )
  // The others are items of their own by their bullets.
  return first ? [first, ...others.map((other): Block => ({ ...other, kind: 'paragraph', level: 0, item: 0 }))] : []
}

const bulletWithin = /(?<=[.!?]["”’)\]]? )[•●▪■·](?= ?["“]?[\p{Lu}\d])/gu

/** The offset of the first bullet on a line that begins with a list's name; 0 where there is none. */
function leadingListName(text: string): number {
  const bullet = text.slice(0, 70).search(/[•●▪■✓✔➢►▶]/)
  return bullet > 3 && isListName(text.slice(0, bullet)) ? bullet : 0
}

/** The offset of a list's name that is set in bold at the end of a block, or null. */
function boldListName(runs: TextRun[]): number | null {
  const lastPlain = runs.findLastIndex((run) => !run.bold && run.text.trim() !== '')
  if (lastPlain < 0 || lastPlain === runs.length - 1) return null
  const offset = runs.slice(0, lastPlain + 1).reduce((length, run) => length + run.text.length, 0)
  return isListName(textOf(runs.slice(lastPlain + 1))) ? offset : null
}
