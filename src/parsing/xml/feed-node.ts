/**
 * One element of a feed, whichever parser found it; child names carry the usual prefix of their namespace (dc:date) and are in
 * lower case. `markup` is what stands inside, as HTML, where the publisher did not escape it; `base` is its xml:base.
 */
export type FeedNode = {
  text: string
  markup: string | null
  base: string | null
  /** By a name in lower case. */
  attribute(name: string): string | undefined
  children(name: string): FeedNode[]
}

/** A feed's elements; `entries` may lie anywhere below the root (RDF, unclosed tags), and `kind` says how they are written. */
export type FeedTree = { kind: 'rss' | 'atom'; head: FeedNode; entries: FeedNode[]; language: string | null }

/** The first child of that name, or of the first name that is there at all. */
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

/** The first of these children that holds anything, else one within the groups of Media RSS. */
export function filled(node: FeedNode, names: readonly string[]): FeedNode | undefined {
  for (const name of names) {
    const found = node.children(name).find(holdsAnything)
    if (found) return found
  }
  const media = names.filter((name) => name.startsWith('media:'))
  const groups = media.length
    ? ['media:group', 'media:content'].flatMap((name) => node.children(name).slice(0, 10))
    : []
  return groups.map((group) => filled(group, media)).find((found) => found !== undefined)
}

const holdsAnything = ({ text, markup }: FeedNode) => markup !== null || text.trim() !== ''
