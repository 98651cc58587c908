import { canonicalItemUrl } from '../domain/canonical-url.ts'
import type { FeedDocument } from '../domain/feed-document.ts'
import { firstDate, type ItemDraft, readItems } from './feed-items.ts'
import { child, childText, childTexts, type FeedNode } from './feed-node.ts'
import { namesOf } from './feed-people.ts'
import type { FeedTree } from './feed-tree.ts'
import { htmlOf, lineOf } from './feed-words.ts'
import { htmlToText, oneLine } from './html-text.ts'

/** Reads RSS 0.9x, 1.0 (RDF) and 2.0 with the modules that publishers really use. */
export function rssDocument(tree: FeedTree, feedUrl: string): { document: FeedDocument; repairs: string[] } {
  const { head } = tree
  const url = linkOf(head, head.base ?? feedUrl)
  const { items, repairs } = readItems(tree.entries, (entry) => readEntry(entry, url ?? feedUrl))
  const document = {
    title: lineOf(child(head, 'title', 'dc:title', 'itunes:title'), 'html'),
    url,
    language: childText(head, 'language', 'dc:language'),
    minIntervalS: leastInterval(head),
    items,
  }
  return { document, repairs }
}

function readEntry(entry: FeedNode, feedBase: string): ItemDraft {
  const guid = child(entry, 'guid')
  const url = linkOf(entry, entry.base ?? feedBase) ?? permalink(guid)
  const base = entry.base ?? url ?? feedBase
  const html = (...names: string[]) => htmlOf(filled(entry, names), 'html', base)
  return {
    id: guid?.text.trim() || entry.attribute('rdf:about') || childText(entry, 'atom:id', 'id'),
    title: lineOf(filled(entry, ['title', 'media:title', 'dc:title', 'itunes:title', 'atom:title']), 'html'),
    url,
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

/** An RSS link is text, an Atom link an attribute, and both turn up in either format. */
function linkOf(node: FeedNode, base: string): string | null {
  const texts = node.children('link').map((link) => link.text.trim() || (link.attribute('href') ?? ''))
  const alternates = node.children('atom:link').filter((link) => (link.attribute('rel') ?? 'alternate') === 'alternate')
  const written = [...texts, ...alternates.map((link) => link.attribute('href') ?? '')]
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

const periods: Record<string, number> = {
  hourly: 3600,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 31_536_000,
}

/** In seconds: <ttl> counts minutes; the syndication module says so many times a period, a day where it leaves it out. */
function leastInterval(head: FeedNode): number | null {
  const ttl = positive(childText(head, 'ttl'))
  const period = childText(head, 'sy:updateperiod')?.toLowerCase()
  const times = positive(childText(head, 'sy:updatefrequency')) ?? 1
  const spread = period && period in periods ? periods[period]! / times : 0
  return Math.round(Math.max((ttl ?? 0) * 60, spread)) || null
}

function positive(text: string | null): number | null {
  return text && /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : null
}
