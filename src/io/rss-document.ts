import { canonicalItemUrl } from '../domain/canonical-url.ts'
import { hubOf, politenessOf, type ReadDocument } from './feed-head.ts'
import { firstDate, type ItemDraft, type ItemWords, readItems } from './feed-items.ts'
import { child, childText, childTexts, type FeedNode } from './feed-node.ts'
import { namesOf } from './feed-people.ts'
import type { FeedTree } from './feed-tree.ts'
import { htmlOf, lineOf } from './feed-words.ts'
import { htmlToText, oneLine } from './html-text.ts'

/** Reads RSS 0.9x, 1.0 (RDF) and 2.0 with the modules that publishers really use. */
export function rssDocument(tree: FeedTree, feedUrl: string): ReadDocument {
  const { head } = tree
  const url = linkOf(head, head.base ?? feedUrl)
  const { items, ...rest } = readItems(tree.entries, (entry) => draftOf(entry, url ?? feedUrl))
  const document = {
    title: lineOf(child(head, 'title', 'dc:title', 'itunes:title'), 'html'),
    url,
    language: childText(head, 'language', 'dc:language'),
    ...politenessOf(head),
    hub: hubOf(head, feedUrl),
    items,
  }
  return { document, ...rest }
}

function draftOf(entry: FeedNode, feedBase: string): ItemDraft {
  const guid = child(entry, 'guid')
  const url = linkOf(entry, entry.base ?? feedBase) ?? permalink(guid)
  const id = guid?.text.trim() || entry.attribute('rdf:about') || childText(entry, 'atom:id', 'id')
  return { id, url, words: () => wordsOf(entry, entry.base ?? url ?? feedBase) }
}

function wordsOf(entry: FeedNode, base: string): ItemWords {
  const html = (...names: string[]) => htmlOf(filled(entry, names), 'html', base)
  return {
    title: lineOf(filled(entry, ['title', 'media:title', 'dc:title', 'itunes:title', 'atom:title']), 'html'),
    published: firstDate(childTexts(entry, ...publishedNames)),
    updated: firstDate(childTexts(entry, 'atom:updated', 'updated', 'dcterms:modified', 'modified')),
    author: namesOf(peopleOf(entry)),
    summary: html('description', 'summary', 'dc:description', 'atom:summary', 'itunes:summary', 'media:description'),
    content: html('content:encoded', 'atom:content', 'content', 'body'),
    categories: categoriesOf(entry),
  }
}

const publishedNames = [
  ...['pubdate', 'dc:date', 'dcterms:issued', 'dcterms:created'],
  ...['atom:published', 'published', 'issued', 'created'],
]

/** The first of these children that holds anything. */
function filled(node: FeedNode, names: string[]): FeedNode | undefined {
  return names.flatMap((name) => node.children(name)).find((found) => found.text.trim() !== '' || found.markup)
}

/** An RSS link is text, an Atom link an attribute, and both turn up in either format; of several of one kind the last counts. */
function linkOf(node: FeedNode, base: string): string | null {
  const pages = (name: string) =>
    node
      .children(name)
      .filter((link) => (link.attribute('rel') ?? 'alternate') === 'alternate')
      .map((link) => link.text.trim() || (link.attribute('href') ?? ''))
  const written = [...pages('link').reverse(), ...pages('atom:link')]
  return written.map((text) => canonicalItemUrl(text, base || null)).find((url) => url !== null) ?? null
}

function permalink(guid: FeedNode | undefined): string | null {
  if (!guid || guid.attribute('isPermaLink') === 'false') return null
  return canonicalItemUrl(guid.text)
}

function peopleOf(entry: FeedNode): FeedNode[] {
  const names = ['author', 'dc:creator', 'dc:author', 'atom:author', 'itunes:author']
  return names.map((name) => entry.children(name)).find((people) => namesOf(people) !== null) ?? []
}

function categoriesOf(entry: FeedNode): string[] {
  const single = childTexts(entry, 'category', 'dc:subject')
  const lists = childTexts(entry, 'itunes:keywords', 'media:keywords').flatMap((list) => list.split(','))
  const terms = entry.children('atom:category').map((category) => category.attribute('term') ?? '')
  const names = [...single, ...terms, ...lists]
    .map((text) => oneLine(htmlToText(text), 200))
    .filter((name) => name !== '')
  return [...new Set(names)].slice(0, 50)
}
