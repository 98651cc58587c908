import { type Block, sliceRuns, textOf } from './block.ts'

/**
 * A list marker at the start of a line: its length with the space after it, its sign (`1.` for any number, one for all
 * arrows, one for all emoji), whether words follow.
 */
type Bullet = { length: number; sign: string; hasText: boolean }

/** The list marker that a line begins with, or null. */
export function bulletOf(line: string): Bullet | null {
  const found = marked.exec(line) ?? numbered.exec(line) ?? letter.exec(line)
  if (!found) return null
  const cell = /^\|\s*/.exec(line.slice(found[0].length, found[0].length + 40))?.[0].length ?? 0
  const length = found[0].length + cell
  return { length, sign: signOf(found[1] ?? ''), hasText: line.length > length }
}

/**
 * Round, square and arrow bullets, emoji and the signs of symbol fonts need no space after them; dashes and stars do,
 * because they also begin words.
 */
const marked =
  /^\s*((?:[•●·⁃‣∙⦁▪▫■□◾◽◼◻◦○◯◆◇❖✦✧★☆✱※➢➤➔➜→⇒⮞►▶▸▹▻✓✔☑❏❑❒\uF000-\uF0FF]|(?![#*0-9©®™‼⁉])\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})?|\p{RI}\p{RI})\uFE0F?|§(?=\s+\p{Lu})|[-*+‐‑–—−»❯>](?=\s|$))\s*/u
const numbered =
  /^\s*(\(?\d{1,2}(?:[.)/]|\uFE0F?\u20E3)|[①-⑳➊-➓]|\(?(?:[a-h]|i{1,3}|iv|v|vi{1,3}|ix|x)\)|(?:(?:[a-h]|i{1,3}|iv|vi{1,3}|ix)\.|[A-H]\.\d{1,2}\.?)(?=\s+\p{Lu}))(?:\s+|$)/u
/** Symbol fonts show letters as bullets; a word processor puts two blanks or a tab after them. */
const letter = /^\s*([onqvulwØü])(?:[\u00a0\t ]{2,}|[\u00a0\t])(?=[\p{Lu}\d“"(])/u

const families: [sign: string, members: RegExp][] = [
  ['1.', /[\d①-⑳➊-➓]|[a-x][.)]/u],
  ['•', /[•●·⁃∙⦁\uF0B7]/u],
  ['▪', /[▪■◾◼§\uF0A7n]/u],
  ['◦', /[◦○◯▫□◽◻o]/u],
  ['→', /[➢➤➔➜→⇒⮞►▶▸▹▻❯»\uF0D8Ø]/u],
  ['–', /[‐‑–—−-]/u],
  ['✓', /[✓✔☑ü]|\p{Extended_Pictographic}/u],
]

function signOf(found: string): string {
  return families.find(([, members]) => members.test(found))?.[0] ?? found
}

/** The offsets of further bullets of the same sign within a line that is itself a bulleted item. */
export function innerBullets(line: string, sign: string): number[] {
  if (!innerSigns.includes(sign)) return []
  return [...line.matchAll(/\s[•●▪■◦○‣⁃·➢➤►▶]\s/gu)]
    .filter((m) => signOf(m[0][1] ?? '') === sign)
    .map((m) => m.index + 1)
}

const innerSigns = ['•', '▪', '◦', '‣', '→']

/**
 * Makes items of the blocks that begin with a typed bullet, and removes the bullet from their text. A bullet alone in a
 * block, as word processors write it, belongs to the next block. A second sign within a list makes nested items.
 */
export function takeBullets(blocks: Block[]): Block[] {
  const list = new TypedList(blocks.reduce((highest, block) => Math.max(highest, block.item), 0))
  const bullets = bulletsOf(blocks)
  let waiting: Bullet | null = null
  return blocks.flatMap((block, i) => {
    const own = bullets[i]
    if (own && !own.hasText) {
      waiting = own
      return []
    }
    const bullet: Bullet | null = own ?? waiting
    waiting = null
    if (own && isHead(own, blocks, i)) return [{ ...block, kind: 'heading', level: 6, runs: runsAfter(own, block) }]
    if (bullet) return [{ ...list.itemOf(block, bullet), runs: own ? runsAfter(own, block) : block.runs }]
    if (block.kind !== 'item') list.end()
    return [block]
  })
}

/** Whether a numbered line between two paragraphs is the head of what follows: `3. Shelter`. */
function isHead(bullet: Bullet, blocks: Block[], i: number): boolean {
  const [before, block, after] = [blocks[i - 1], blocks[i], blocks[i + 1]]
  if (bullet.sign !== '1.' || block?.kind !== 'paragraph' || after?.kind !== 'paragraph') return false
  if (ownBullet(after) || (before && (isNumbered(before) || (before.kind === 'item' && !ownBullet(before)))))
    return false
  return isHeadLine(textOf(block.runs))
}

/** The bullet of each block. Numbers alone in blocks, as pages set them in circles beside items, are bullets too. */
function bulletsOf(blocks: Block[]): (Bullet | null)[] {
  const counters = countersIn(blocks)
  return blocks.map((block, i) => (counters.has(i) ? { length: 2, sign: '1.', hasText: false } : ownBullet(block)))
}

/** The indices of the blocks that count the blocks behind them: 1, 2 and so on, with a block or two after each. */
function countersIn(blocks: Block[]): Set<number> {
  const numbers = blocks.flatMap(({ kind, runs }, i) => (kind === 'paragraph' && isNumber(runs) ? [i] : []))
  const areCounted = numbers.every((i, n) => {
    const distance = i - (numbers[n - 1] ?? i - 2)
    return Number(textOf(blocks[i]?.runs ?? [])) === n + 1 && distance > 1 && distance < 4
  })
  return new Set(numbers.length > 1 && areCounted ? numbers : [])
}

const isNumber = (runs: Block['runs']) =>
  runs.length === 1 && (runs[0]?.text.length ?? 0) < 20 && /^\s*\d{1,2}\s*$/.test(runs[0]?.text ?? '')

const ownBullet = (block: Block) => (block.kind === 'heading' ? null : bulletOf(textOf(block.runs).slice(0, 200)))
const isNumbered = (block: Block) => ownBullet(block)?.sign === '1.'

/** Whether a line is short and ends as no sentence does. */
export function isHeadLine(line: string): boolean {
  return line.length <= 80 && !/[.!?…,;]["”’»)\]]*\s*$/u.test(line) && /\p{L}/u.test(line)
}

/** Numbers and nests the items that are made of typed bullets. */
class TypedList {
  #items: number
  #outerSign: string | null = null

  constructor(items: number) {
    this.#items = items
  }

  itemOf(block: Block, { sign }: Bullet): Block {
    if (block.item > 0) return block
    this.#outerSign ??= sign
    const isNested = block.level > 1 || sign !== this.#outerSign
    if (!isNested || this.#items === 0) this.#items += 1
    return { ...block, kind: 'item', level: isNested ? Math.max(2, block.level) : 1, item: this.#items }
  }

  end(): void {
    this.#outerSign = null
  }
}

function runsAfter(bullet: Bullet, block: Block): Block['runs'] {
  return sliceRuns(block.runs, [[bullet.length, Number.POSITIVE_INFINITY]])[0] ?? []
}
