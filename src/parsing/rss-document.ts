import { canonicalItemUrl } from './canonical-url.ts'
import { longest } from './feed-document.ts'
import { firstDate, type ItemDraft, type ItemWords, type ReadDocument, readItems } from './read-items.ts'
import { languageIn, politenessOf } from './xml/channel.ts'
import {
  contentFields,
  peopleFields,
  publishedFields,
  summaryFields,
  titleFields,
  updatedFields,
} from './xml/element-names.ts'
import { childText, childTexts, type FeedNode, type FeedTree, filled } from './xml/feed-node.ts'
import { hubOf, pageOf } from './xml/links.ts'
import { firstNamed } from './xml/people.ts'
import { categoriesOf, htmlOf, lineOf } from './xml/text.ts'

/** Reads RSS 0.9x, 1.0 (RDF), 1.1 and 2.0 with the modules that publishers really use. */
export function rssDocument({ head, entries, language }: FeedTree, feedUrl: string): ReadDocument {
  const url =
    pageOf(head, head.base ?? feedUrl, { kind: 'rss' }) ??
    canonicalItemUrl(head.attribute('href') ?? '', feedUrl || null)
  const { items, ...rest } = readItems(entries, (entry) => draftOf(entry, head, url ?? feedUrl))
  const document = {
    title: lineOf(filled(head, titleFields), 'html', longest.title),
    url,
    language: languageIn(childText(head, 'language', 'dc:language'), head.attribute('xml:lang'), language),
    ...politenessOf(head),
    hub: hubOf(head, feedUrl),
    items,
  }
  return { document, ...rest }
}

function draftOf(entry: FeedNode, head: FeedNode, feedBase: string): ItemDraft {
  const guid = filled(entry, ['guid'])
  const about = entry.attribute('rdf:about')?.trim()
  const address = about ?? entry.attribute('href') ?? ''
  const url =
    pageOf(entry, entry.base ?? feedBase, { kind: 'rss' }) ??
    permalink(guid) ??
    canonicalItemUrl(address, feedBase || null)
  const id = guid?.text.trim() || about || childText(entry, 'atom:id', 'id', 'dc:identifier')
  return { id, url, words: () => wordsOf(entry, head, entry.base ?? url ?? feedBase) }
}

function wordsOf(entry: FeedNode, head: FeedNode, base: string): ItemWords {
  return {
    title: lineOf(filled(entry, titleFields), 'html'),
    published: firstDate(childTexts(entry, ...publishedFields)),
    updated: firstDate([...childTexts(entry, ...updatedFields), entry.attribute('lastmod') ?? '']),
    author: authorOf(entry, head),
    summary: htmlOf(filled(entry, summaryFields), 'html', base),
    content: htmlOf(filled(entry, contentFields), 'html', base),
    categories: categoriesOf(entry),
  }
}

/** A guid is an address unless it says otherwise (RSS 2.0). */
function permalink(guid: FeedNode | undefined): string | null {
  if (!guid || guid.attribute('ispermalink')?.trim().toLowerCase() === 'false') return null
  return canonicalItemUrl(guid.text)
}

/** Who wrote the entry, else who speaks in the whole feed; a webmaster never does. */
function authorOf(entry: FeedNode, head: FeedNode): string | null {
  const groups = (node: FeedNode, names: readonly string[]) => names.map((name) => node.children(name))
  return firstNamed(...groups(entry, peopleFields)) ?? firstNamed(...groups(head, feedPeople))
}

const feedPeople = [...peopleFields, 'itunes:owner', 'managingeditor']
