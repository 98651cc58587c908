import { canonicalItemUrl } from '../domain/canonical-url.ts'
import type { ReadDocument } from './feed-head.ts'
import { hubOf, politenessOf } from './feed-head.ts'
import { firstDate, type ItemDraft, type ItemWords, readItems } from './feed-items.ts'
import { child, childText, childTexts, type FeedNode } from './feed-node.ts'
import { namesOf } from './feed-people.ts'
import type { FeedTree } from './feed-tree.ts'
import { htmlOf, lineOf } from './feed-words.ts'
import { oneLine } from './html-text.ts'

/** Reads Atom 1.0 (RFC 4287) and 0.3. */
export function atomDocument(tree: FeedTree, feedUrl: string): ReadDocument {
  const { head } = tree
  const { items, ...rest } = readItems(tree.entries, (entry) => draftOf(entry, head, feedUrl))
  const document = {
    title: lineOf(child(head, 'title'), 'atom'),
    url: linkOf(head, head.base ?? feedUrl),
    language: head.attribute('xml:lang') ?? childText(head, 'dc:language'),
    ...politenessOf(head),
    hub: hubOf(head, feedUrl),
    items,
  }
  return { document, ...rest }
}

function draftOf(entry: FeedNode, head: FeedNode, feedUrl: string): ItemDraft {
  const content = child(entry, 'content')
  const outside = content?.attribute('src')
  const linkBase = entry.base ?? head.base ?? feedUrl
  const url = linkOf(entry, linkBase) ?? canonicalItemUrl(outside ?? '', linkBase)
  const base = entry.base ?? head.base ?? url ?? feedUrl
  const words = () => wordsOf(entry, head, outside ? undefined : content, base)
  return { id: childText(entry, 'id'), url, words }
}

function wordsOf(entry: FeedNode, head: FeedNode, content: FeedNode | undefined, base: string): ItemWords {
  const updated = firstDate(childTexts(entry, 'updated', 'modified'))
  return {
    title: lineOf(child(entry, 'title', 'media:title'), 'atom'),
    published: firstDate(childTexts(entry, 'published', 'issued', 'created', 'dc:date')) ?? updated,
    updated,
    author: authorOf(entry, head),
    summary: htmlOf(child(entry, 'summary', 'media:description'), 'atom', base),
    content: htmlOf(content, 'atom', base),
    categories: categoriesOf(entry),
  }
}

/** The page that the entry is about; other relations (self, edit, replies, enclosure) are about something else. */
function linkOf(node: FeedNode, base: string): string | null {
  const links = node
    .children('link')
    .filter((link) => (link.attribute('rel') ?? 'alternate').toLowerCase() === 'alternate')
  const pages = links.filter((link) => /html/.test(link.attribute('type') ?? 'html'))
  const urls = [...pages, ...links].map((link) =>
    canonicalItemUrl(link.attribute('href') ?? '', link.base ?? (base || null)),
  )
  return urls.find((url) => url !== null) ?? null
}

/** An entry without authors has those of the feed it was taken from, else those of its own feed (section 4.2.1). */
function authorOf(entry: FeedNode, head: FeedNode): string | null {
  const source = child(entry, 'source')
  return namesOf(peopleOf(entry)) ?? (source && namesOf(peopleOf(source))) ?? namesOf(peopleOf(head))
}

const peopleOf = (node: FeedNode) => [...node.children('author'), ...node.children('dc:creator')]

function categoriesOf(entry: FeedNode): string[] {
  const terms = entry
    .children('category')
    .map((category) => category.attribute('label') ?? category.attribute('term') ?? category.text)
  const names = [...terms, ...childTexts(entry, 'dc:subject')].map((name) => oneLine(name, 200))
  return [...new Set(names)].filter((name) => name !== '').slice(0, 50)
}
