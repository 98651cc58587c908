import { DomHandler, Parser, type ParserOptions } from 'htmlparser2'

/** More than any report or feed nests its elements. */
const maxDepth = 256

/**
 * The parser of htmlparser2 with a limit of depth. An element below `maxDepth` ends where it begins, and what it holds stands beside
 * it. The time of the original grows with length and depth, and functions that walk its tree by recursion overflow the stack.
 */
export class BoundedParser extends Parser {
  #isTooDeep = false

  override onopentagname(start: number, end: number): void {
    // biome-ignore lint/complexity/useLiteralKeys: the types of the library call its stack private
    this.#isTooDeep = this['stack'].length >= maxDepth
    super.onopentagname(start, end)
  }

  override onclosetag(start: number, end: number): void {
    this.#isTooDeep = false
    super.onclosetag(start, end)
  }

  protected override isVoidElement(name: string): boolean {
    return this.#isTooDeep || super.isVoidElement(name)
  }
}

/** The tree of a piece of markup, at most `maxDepth` elements deep. */
export function markupTree(markup: string, options?: ParserOptions): DomHandler['root'] {
  const handler = new DomHandler(undefined, options)
  new BoundedParser(handler, options).end(markup)
  return handler.root
}
