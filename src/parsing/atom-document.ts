import { canonicalItemUrl } from './canonical-url.ts'
import { longest } from './feed-document.ts'
import { firstDate, type ItemDraft, type ItemWords, type ReadDocument, readItems } from './read-items.ts'
import { languageIn, politenessOf } from './xml/channel.ts'
import { child, childText, childTexts, type FeedNode, type FeedTree, filled } from './xml/feed-node.ts'
import { hubOf, pageOf } from './xml/links.ts'
import { firstNamed, namesOf } from './xml/people.ts'
import { categoriesOf, htmlOf, lineOf } from './xml/text.ts'

/** Reads Atom 1.0 (RFC 4287) and 0.3. */
export function atomDocument({ head, entries, language: rootLanguage }: FeedTree, feedUrl: string): ReadDocument {
  const language = languageIn(head.attribute('xml:lang'), rootLanguage, childText(head, 'language', 'dc:language'))
  const feed = { head, language, url: feedUrl }
  const { items, ...rest } = readItems(entries, (entry) => draftOf(entry, feed))
  const document = {
    title: lineOf(filled(head, ['title', 'dc:title']), 'atom', longest.title),
    url: pageOf(head, head.base ?? feedUrl, { kind: 'atom', language }),
    language,
    ...politenessOf(head),
    hub: hubOf(head, feedUrl),
    items,
  }
  return { document, ...rest }
}

type Feed = { head: FeedNode; language: string | null; url: string }

function draftOf(entry: FeedNode, { head, language, url: feedUrl }: Feed): ItemDraft {
  const content = contentOf(entry)
  const outside = content?.attribute('src')
  const linkBase = entry.base ?? head.base ?? feedUrl
  const id = childText(entry, 'id', 'guid')
  const url =
    pageOf(entry, linkBase, { kind: 'atom', language: languageIn(entry.attribute('xml:lang'), language) }) ??
    canonicalItemUrl(outside ?? '', content?.base ?? linkBase) ??
    canonicalItemUrl(id ?? '')
  const base = entry.base ?? head.base ?? url ?? feedUrl
  const words = () => wordsOf(entry, head, outside ? undefined : content, base)
  return { id, url, words }
}

/** Atom 0.3 allows several: HTML before plain text. */
function contentOf(entry: FeedNode): FeedNode | undefined {
  const all = entry.children('content').slice(0, 10)
  return (
    all.find((content) => /html/i.test(content.attribute('type') ?? '')) ??
    all[0] ??
    child(entry, 'content:encoded', 'body')
  )
}

function wordsOf(entry: FeedNode, head: FeedNode, content: FeedNode | undefined, base: string): ItemWords {
  const updated = firstDate(childTexts(entry, 'updated', 'modified', 'dcterms:modified'))
  return {
    title: lineOf(filled(entry, ['title', 'media:title', 'dc:title']), 'atom'),
    published: firstDate(childTexts(entry, ...publishedNames)) ?? updated,
    updated,
    author: authorOf(entry, head),
    summary: htmlOf(filled(entry, ['summary', 'description', 'dc:description', 'media:description']), 'atom', base),
    content: htmlOf(content, 'atom', base),
    categories: categoriesOf(entry),
  }
}

const publishedNames = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate']

/** An entry without authors has those of the feed it was taken from, else those of its own feed (section 4.2.1). */
function authorOf(entry: FeedNode, head: FeedNode): string | null {
  const source = child(entry, 'source')
  const atomPeople = (node: FeedNode) => firstNamed(node.children('author'), node.children('dc:creator'))
  return (
    atomPeople(entry) ??
    (source ? atomPeople(source) : null) ??
    atomPeople(head) ??
    namesOf(head.children('itunes:author'))
  )
}
