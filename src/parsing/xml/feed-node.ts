/**
 * One element of a feed, from either parser. Names of children carry the usual prefix of their namespace (dc:date) and
 * are in lower case. `markup` is the inner HTML where the publisher did not escape it, else null; `base` is the
 * xml:base.
 */
export type FeedNode = {
  text: string
  markup: string | null
  base: string | null
  /** An attribute, by its name in lower case. */
  attribute(name: string): string | undefined
  children(name: string): FeedNode[]
}

/** A feed's elements. `entries` may stand anywhere below the root; `kind` is the format in which they are written. */
export type FeedTree = { kind: 'rss' | 'atom'; head: FeedNode; entries: FeedNode[]; language: string | null }

/** The first child of the first name that has one. */
export function child(node: FeedNode, ...names: string[]): FeedNode | undefined {
  for (const name of names) {
    const found = node.children(name)[0]
    if (found) return found
  }
  return undefined
}

/** The trimmed text of the first of these children that has any. */
export function childText(node: FeedNode, ...names: string[]): string | null {
  for (const name of names) {
    for (const found of node.children(name)) {
      const text = found.text.trim()
      if (text) return text
    }
  }
  return null
}

/** The trimmed texts of all these children, each once. */
export function childTexts(node: FeedNode, ...names: string[]): string[] {
  const texts = names.flatMap((name) => node.children(name)).map((found) => found.text.trim())
  return [...new Set(texts)].filter((text) => text !== '')
}

/** These children that are not empty, in the order of their names, then those within the groups of Media RSS. */
export function* filled(node: FeedNode, names: readonly string[]): Generator<FeedNode> {
  for (const name of names) yield* node.children(name).filter(isFilled)
  const mediaNames = names.filter((name) => name.startsWith('media:'))
  if (mediaNames.length === 0) return
  const groups = ['media:group', 'media:content'].flatMap((name) => node.children(name).slice(0, 10))
  for (const group of groups) yield* filled(group, mediaNames)
}

/** The first of these children that is not empty. */
export const firstFilled = (node: FeedNode, names: readonly string[]): FeedNode | undefined =>
  filled(node, names).next().value ?? undefined

const isFilled = ({ text, markup }: FeedNode) => markup !== null || text.trim() !== ''
