import { type Block, cut, textOf } from './block.ts'

/** A list marker at the head of a line: its length with the space after it, and its sign (`1.` for any number). */
export type Bullet = { length: number; sign: string; text: boolean }

/** The list marker that a line begins with, if any; `text` says whether words follow it. */
export function bulletOf(line: string): Bullet | null {
  const found = marked.exec(line) ?? numbered.exec(line) ?? wordCircle.exec(line)
  if (!found) return null
  const sign = /\d/.test(found[1] ?? '') ? '1.' : (found[1] ?? '')
  return { length: found[0].length, sign, text: line.length > found[0].length }
}

/** Where a line that is itself a bulleted item goes on to a next item: offsets of its further bullets. */
export function innerBullets(line: string, sign: string): number[] {
  if (!roundSigns.includes(sign)) return []
  return [...line.matchAll(/\s[•●▪◦‣⁃·]\s/gu)].filter((m) => m[0][1] === sign).map((m) => m.index + 1)
}

const roundSigns = ['•', '●', '▪', '◦', '‣', '⁃', '·']

/** Round, square and arrow bullets need no space after them; dashes and stars do, for they also begin words. */
const marked = /^\s*([•●▪▫◦‣⁃·■□◆○➢➤►▶✓✔\uF0B7\uF0A7\uF0D8]|[-*+‐‑–—](?=\s|$))\s*/u
const numbered = /^\s*(\(?\d{1,2}[.)])(?:\s+|$)/
/** Word writes second-level bullets as the letter o and a few spaces. */
const wordCircle = /^\s*(o)[\u00a0\t ]{2,}/

/**
 * Makes items of the blocks that begin with a typed bullet, and takes the bullet out of the text. A bullet that stands alone,
 * as word processors leave them, belongs to the block after it. A second kind of bullet within a list is nested in the first.
 */
export function takeBullets(blocks: Block[]): Block[] {
  const list = new TypedList(blocks.reduce((most, block) => Math.max(most, block.item), 0))
  let lone: Bullet | null = null
  return blocks.flatMap((block) => {
    const bullet: Bullet | null = block.kind === 'heading' ? null : bulletOf(textOf(block.runs).slice(0, 200))
    if (bullet && !bullet.text) {
      lone = bullet
      return []
    }
    const sign: Bullet | null = bullet ?? lone
    lone = null
    if (sign) return [{ ...list.place(block, sign), runs: bullet ? withoutSign(block, bullet) : block.runs }]
    if (block.kind !== 'item') list.end()
    return [block]
  })
}

class TypedList {
  #items: number
  #outer: string | null = null

  constructor(items: number) {
    this.#items = items
  }

  place(block: Block, { sign }: Bullet): Block {
    if (block.item > 0) return block
    this.#outer ??= sign
    const nested = block.level > 1 || sign !== this.#outer
    if (!nested || this.#items === 0) this.#items += 1
    return { ...block, kind: 'item', level: nested ? Math.max(2, block.level) : 1, item: this.#items }
  }

  end(): void {
    this.#outer = null
  }
}

function withoutSign(block: Block, bullet: Bullet): Block['runs'] {
  return cut(block.runs, [[bullet.length, Number.POSITIVE_INFINITY]])[0] ?? []
}
