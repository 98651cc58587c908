import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import type { FeedNode } from './node.ts'

const mostRead = 500

/** What an entry is filed under: RSS writes it as text, Atom as a label or a term, others as lists with commas. */
export function categoriesOf(entry: FeedNode): string[] {
  const single = all(entry, 'category', 'atom:category', 'dc:subject', 'itunes:category', 'media:category').map(
    (node) => attributes.map((name) => node.attribute(name)?.trim()).find(Boolean) ?? node.text,
  )
  const lists = all(entry, 'itunes:keywords', 'media:keywords').flatMap((node) =>
    (node.text || (node.attribute('text') ?? '')).split(',', mostRead),
  )
  const names = [...single, ...lists].slice(0, mostRead).map((text) => boundedLine(htmlToText(text), 1000))
  return [...new Set(names)].filter((name) => name !== '')
}

/** "domain" and "scheme" say where a category is from, not what it is. */
const attributes = ['label', 'term', 'text']

const all = (entry: FeedNode, ...names: string[]) => names.flatMap((name) => entry.children(name).slice(0, mostRead))
