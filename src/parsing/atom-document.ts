import { canonicalItemUrl } from './canonical-url.ts'
import { maxLength } from './feed-document.ts'
import { firstDate, type ItemDraft, type ItemFields, type ReadDocument, readItems } from './read-items.ts'
import { languageIn, politenessOf } from './xml/channel.ts'
import { child, childText, childTexts, type FeedNode, type FeedTree, filled, firstFilled } from './xml/feed-node.ts'
import { hubOf, pageOf } from './xml/links.ts'
import { firstNamed, namesOf } from './xml/people.ts'
import { categoriesOf, htmlOf, lineOf } from './xml/text.ts'

/** Reads Atom 1.0 (RFC 4287) and 0.3. */
export function atomDocument({ head, entries, language: rootLanguage }: FeedTree, feedUrl: string): ReadDocument {
  const language = languageIn(head.attribute('xml:lang'), rootLanguage, childText(head, 'language', 'dc:language'))
  const feed = { head, language, url: feedUrl }
  const { items, ...rest } = readItems(entries, (entry) => draftOf(entry, feed))
  const document = {
    title: lineOf(firstFilled(head, ['title', 'dc:title']), 'atom', maxLength.title),
    url: pageOf(head, head.base ?? feedUrl, { kind: 'atom', language }),
    language,
    ...politenessOf(head),
    hub: hubOf(head, feedUrl),
    items,
  }
  return { document, ...rest }
}

type AtomFeed = { head: FeedNode; language: string | null; url: string }

function draftOf(entry: FeedNode, { head, language, url: feedUrl }: AtomFeed): ItemDraft {
  const contents = contentsOf(entry)
  const [content] = contents
  const contentAddress = content?.attribute('src')
  const linkBase = entry.base ?? head.base ?? feedUrl
  const written = childText(entry, 'id', 'guid')
  const url =
    pageOf(entry, linkBase, { kind: 'atom', language: languageIn(entry.attribute('xml:lang'), language) }) ??
    canonicalItemUrl(contentAddress ?? '', content?.base ?? linkBase) ??
    canonicalItemUrl(written ?? '')
  const base = entry.base ?? head.base ?? url ?? feedUrl
  const id = absoluteId(written, entry.base)
  return { id, url, fields: () => fieldsOf(entry, head, contentAddress ? [] : contents, base) }
}

/** An id is absolute (RFC 4287, section 4.2.6). One that is not is resolved where the document names a base. */
function absoluteId(id: string | null, base: string | null): string | null {
  if (!id || !base || /^[a-z][a-z\d+.-]*:/i.test(id)) return id
  return URL.parse(id, base)?.href ?? id
}

/** The contents of an entry. Atom 0.3 allows several forms of it, of which HTML is preferred. */
function contentsOf(entry: FeedNode): FeedNode[] {
  const all = entry.children('content').slice(0, 10)
  const isHtml = (content: FeedNode) => /html/i.test(content.attribute('type') ?? '')
  const others = ['content:encoded', 'body'].flatMap((name) => entry.children(name).slice(0, 1))
  return [...all.filter(isHtml), ...all.filter((content) => !isHtml(content)), ...others]
}

function fieldsOf(entry: FeedNode, head: FeedNode, contents: FeedNode[], base: string): ItemFields {
  const updated = firstDate(childTexts(entry, 'updated', 'modified', 'dcterms:modified'))
  return {
    title: lineOf(firstFilled(entry, ['title', 'media:title', 'dc:title']), 'atom'),
    published: firstDate(childTexts(entry, ...publishedNames)) ?? updated,
    updated,
    author: authorOf(entry, head),
    summary: htmlOf(filled(entry, ['summary', 'description', 'dc:description', 'media:description']), 'atom', base),
    content: htmlOf(contents, 'atom', base),
    categories: categoriesOf(entry),
  }
}

const publishedNames = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate']

/** An entry without authors has those of its source, else those of its feed (RFC 4287, section 4.2.1). */
function authorOf(entry: FeedNode, head: FeedNode): string | null {
  const source = child(entry, 'source')
  const authorsOf = (node: FeedNode) => firstNamed(node.children('author'), node.children('dc:creator'))
  return (
    authorsOf(entry) ??
    (source ? authorsOf(source) : null) ??
    authorsOf(head) ??
    namesOf(head.children('itunes:author'))
  )
}
