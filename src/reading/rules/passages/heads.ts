import { isListName } from '../takeaways/list-names.ts'
import { type Block, sliceRuns, textOf } from './block.ts'

/**
 * Splits the label off a paragraph that begins with one (`Why it matters:`, `COA 1:`): the label is the head of what
 * follows, and no part of a claim. Below the name of a list, a label is a part of its item.
 */
export function splitLabels(blocks: Block[]): Block[] {
  return blocks.flatMap((block, i) => {
    const end = block.kind === 'paragraph' ? labelEnd(block) : 0
    if (end === 0 || isBelowListName(blocks, i)) return [block]
    const [label = [], rest = []] = sliceRuns(block.runs, [
      [0, end],
      [end, Number.POSITIVE_INFINITY],
    ])
    return [
      { ...block, kind: 'heading', level: 6, runs: label },
      { ...block, gap: false, runs: rest },
    ]
  })
}

/** How many blocks an item can stand below the name of its list. */
const maxListLength = 40

/** Whether the last heading above a block, or the block itself, is or begins with the name of a list. */
function isBelowListName(blocks: Block[], i: number): boolean {
  for (let above = i; above >= Math.max(0, i - maxListLength); above--) {
    const block = blocks[above]
    if (block && lengthOf(block) <= 100 && isListName(textOf(block.runs))) return true
    if (block?.kind === 'heading') return false
  }
  return false
}

const lengthOf = ({ runs }: Block) => runs.reduce((sum, { text }) => sum + text.length, 0)

/** The length of the label at the start of a paragraph; 0 where it has none, or nothing follows it. */
function labelEnd({ runs }: Block): number {
  const [first = '', second] = [runs[0]?.text, runs[1]]
  if (!first.slice(0, 60).includes(':') && (first.length >= 60 || !second)) return 0
  const text = textOf(runs.slice(0, 6)).slice(0, 60)
  const label = /^\s*([^:.!?\n]{2,40}):\s+(?=\S)/u.exec(text)
  if (!label) return 0
  const words = (label[1] ?? '').trim()
  const isBold = boldLength(runs) >= words.length && words.split(/\s+/).length <= 5
  return isBold || known.some((labels) => labels.test(words)) ? label[0].length : 0
}

/** How many characters at the start of a block are bold, if no more than a label is. */
function boldLength(runs: Block['runs']): number {
  let length = 0
  for (const run of runs) {
    if (!run.bold && run.text.trim() !== '') break
    length += run.text.length
  }
  return length <= 60 ? length : 0
}

/** Labels of newsletters, bulletins and assessments that no markup sets apart. */
const known = [
  /^(?:why (?:it|this) matters|the big picture|by the numbers|what they[’']re saying|what (?:we|you)[’']re (?:watching|hearing)|what[’']s (?:next|new|happening)|what to watch|the (?:bottom line|latest|intrigue|other side|backdrop|upshot)|yes,? but|zoom (?:in|out)|go deeper|driving the news|between the lines|state of play|flashback|worth noting|reality check|catch up quick|of note|how it works|behind the scenes|case in point|the big question)$/i,
  /^what (?:happened|it means|this means|we (?:know|don[’']t know)|changed|comes next)$|^why (?:it|this) matters now$/i,
  /^(?:the |our |analyst[’']?s? )?(?:context|background|details|stakes|catch|take|view|assessment|analysis|comment|outlook|forecast|implications?|needs|gaps|challenges|response|update|bottom line|so what|bluf|tl;dr|threat level|confidence(?: level)?)$/i,
  /^(?:coa|course of action|step|option|scenario|phase|indicator|axis|line of (?:effort|operation)|hypothesis|objective|priority) ?#?(?:\d{1,2}[a-z]?|[A-D])$|^(?:main|supporting|subordinate) effort(?: #?\d)?$/i,
  /^(?:контекст|передісторія|предыстория|чому це важливо|почему это важно|contexte|pourquoi c[’']est important|contexto|antecedentes|por qué importa|kontext|hintergrund|einordnung|warum (?:es|das) wichtig ist|contesto|perché è importante|dlaczego to ważne|bağlam|neden önemli)$/iu,
]

/**
 * Removes the numbers of headings that are numbered one after the other (`1. Power`, `2. Water`), so that a heading that
 * is a takeaway is a sentence.
 */
export function withoutHeadingNumbers(blocks: Block[]): Block[] {
  const numbers = blocks.map((block) => (block.kind === 'heading' ? numberOf(block) : null))
  const counted = numbers.filter((number) => number !== null)
  if (counted.length < 2 || counted.some((number, i) => number.value !== i + 1)) return blocks
  return blocks.map((block, i) => {
    const length = numbers[i]?.length ?? 0
    return length === 0
      ? block
      : { ...block, runs: sliceRuns(block.runs, [[length, Number.POSITIVE_INFINITY]])[0] ?? [] }
  })
}

function numberOf({ runs }: Block): { value: number; length: number } | null {
  const found = /^\s*#?(\d{1,2})[.)/:]\s+(?=\S)/.exec(textOf(runs).slice(0, 40))
  return found ? { value: Number(found[1]), length: found[0].length } : null
}
