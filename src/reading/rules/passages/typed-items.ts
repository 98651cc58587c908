import { type Block, cut, textOf } from './block.ts'
import { type Bullet, bulletOf } from './bullets.ts'

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
