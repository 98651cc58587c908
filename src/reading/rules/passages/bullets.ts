import { type Block, sliceRuns, textOf } from './block.ts'

/**
 * A list marker at the start of a line: its length with the space after it, its sign (`1.` for any number), whether
 * words follow.
 */
type Bullet = { length: number; sign: string; hasText: boolean }

/** The list marker that a line begins with, or null. */
export function bulletOf(line: string): Bullet | null {
  const found = marked.exec(line) ?? numbered.exec(line) ?? wordCircle.exec(line)
  if (!found) return null
  const sign = /\d/.test(found[1] ?? '') ? '1.' : (found[1] ?? '')
  return { length: found[0].length, sign, hasText: line.length > found[0].length }
}

/** Round, square and arrow bullets need no space after them; dashes and stars do, because they also begin words. */
const marked = /^\s*([•●▪▫◦‣⁃·■□◆○➢➤►▶✓✔\uF0B7\uF0A7\uF0D8]|[-*+‐‑–—](?=\s|$))\s*/u
const numbered = /^\s*(\(?\d{1,2}[.)])(?:\s+|$)/
/** Word writes bullets of the second level as the letter o and spaces. */
const wordCircle = /^\s*(o)[\u00a0\t ]{2,}/

/** The offsets of further bullets of the same sign within a line that is itself a bulleted item. */
export function innerBullets(line: string, sign: string): number[] {
  if (!roundSigns.includes(sign)) return []
  return [...line.matchAll(/\s[•●▪◦‣⁃·]\s/gu)].filter((m) => m[0][1] === sign).map((m) => m.index + 1)
}

const roundSigns = ['•', '●', '▪', '◦', '‣', '⁃', '·']

/**
 * Makes items of the blocks that begin with a typed bullet, and removes the bullet from their text. A bullet alone in a
 * block, as word processors write it, belongs to the next block. A second sign within a list makes nested items.
 */
export function takeBullets(blocks: Block[]): Block[] {
  const list = new TypedList(blocks.reduce((highest, block) => Math.max(highest, block.item), 0))
  let waiting: Bullet | null = null
  return blocks.flatMap((block) => {
    const own: Bullet | null = block.kind === 'heading' ? null : bulletOf(textOf(block.runs).slice(0, 200))
    if (own && !own.hasText) {
      waiting = own
      return []
    }
    const bullet: Bullet | null = own ?? waiting
    waiting = null
    if (bullet) return [{ ...list.itemOf(block, bullet), runs: own ? runsAfter(own, block) : block.runs }]
    if (block.kind !== 'item') list.end()
    return [block]
  })
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
