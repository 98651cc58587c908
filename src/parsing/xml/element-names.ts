/** Makes an element's name the one that our readers know, whatever prefix its document chose. */
export type Naming = (written: string) => string

/** Namespaces are read once for the whole document (a prefix means one thing); the root element's own one is dropped. */
export function namingOf(xml: string): Naming {
  const prefixes = new Map<string, string>()
  for (const [, prefix, , uri] of xml.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g)) {
    const usual = usualPrefix(uri!)
    if (usual !== undefined && !prefixes.has(prefix!.toLowerCase())) prefixes.set(prefix!.toLowerCase(), usual)
  }
  const own = xml.match(/<([\w.-]{1,20}):(?:feed|rss)[\s>]/i)?.[1]
  if (own) prefixes.set(own.toLowerCase(), '')
  const known = new Map<string, string>()
  return (written) => {
    const name = known.get(written) ?? rename(written, prefixes)
    if (known.size < 1000) known.set(written, name)
    return name
  }
}

const namespaces: [part: string, prefix: string][] = [
  ['//www.w3.org/2005/atom', 'atom'],
  ['//purl.org/atom-blog/ns', 'atom'],
  ['//purl.org/atom/ns', 'atom'],
  ['//purl.org/rss/1.0/modules/content', 'content'],
  ['//purl.org/rss/1.0/modules/syndication', 'sy'],
  ['//purl.org/rss/1.0/', ''],
  ['//purl.org/net/rss1.1', ''],
  ['//backend.userland.com/rss', ''],
  ['//blogs.law.harvard.edu/tech/rss', ''],
  ['//cyber.law.harvard.edu/rss', ''],
  ['//my.netscape.com/publish/formats/rss-0.9', ''],
  ['//my.netscape.com/rdf/simple/0.9/', ''],
  ['//channel.netscape.com/rdf/simple/0.9/', ''],
  ['//purl.org/dc/terms', 'dcterms'],
  ['//purl.org/dc/elements', 'dc'],
  ['//search.yahoo.com/mrss', 'media'],
  ['//www.itunes.com/dtds/podcast', 'itunes'],
  ['//rssnamespace.org/feedburner', 'feedburner'],
  ['//news.yandex.ru', 'yandex'],
  ['//xmlns.com/foaf', 'foaf'],
  ['//www.w3.org/1999/xhtml', ''],
  ['//www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
]

function usualPrefix(uri: string): string | undefined {
  const lower = uri.trim().toLowerCase()
  return namespaces.find(([part]) => lower.includes(part))?.[1]
}

function rename(written: string, prefixes: Map<string, string>): string {
  const name = written.toLowerCase()
  const colon = name.indexOf(':')
  if (colon < 0) return name
  const prefix = prefixes.get(name.slice(0, colon)) ?? name.slice(0, colon)
  return prefix === '' ? name.slice(colon + 1) : `${prefix}:${name.slice(colon + 1)}`
}

/** The elements that our reading of a feed asks for: the head's, an entry's, and those that hold words. */
export const channelFields = [
  ...['title', 'dc:title', 'itunes:title', 'atom:title', 'link', 'atom:link', 'language', 'dc:language'],
  ...['ttl', 'sy:updateperiod', 'sy:updatefrequency', 'skiphours', 'skipdays'],
  ...['author', 'atom:author', 'dc:creator', 'itunes:author', 'itunes:owner', 'managingeditor'],
] as const

export const titleFields = ['title', 'dc:title', 'itunes:title', 'atom:title', 'media:title'] as const

export const summaryFields = [
  ...['description', 'summary', 'dc:description', 'dcterms:abstract', 'atom:summary', 'itunes:summary', 'tagline'],
  ...['abstract', 'media:description', 'itunes:subtitle'],
] as const

/** Full texts beside RSS's description; Russian and Ukrainian news name theirs after a search engine. */
export const contentFields = [
  ...['content:encoded', 'atom:content', 'content', 'body', 'div', 'yandex:full-text', 'full-text', 'fulltext'],
] as const

export const textFields = [...titleFields, ...summaryFields, ...contentFields] as const

export const publishedFields = [
  ...['pubdate', 'dc:date', 'dcterms:issued', 'dcterms:available', 'dcterms:created', 'dcterms:date'],
  ...['atom:published', 'published', 'issued', 'created', 'atom:issued', 'atom:created', 'date'],
] as const

export const updatedFields = ['updated', 'modified', 'atom:updated', 'atom:modified', 'dcterms:modified'] as const

export const peopleFields = [
  'author',
  'dc:creator',
  'dc:author',
  'atom:author',
  'itunes:author',
  'dcterms:creator',
] as const

export const entryFields = [
  ...textFields,
  ...['guid', 'id', 'atom:id', 'dc:identifier', 'link', 'atom:link', 'feedburner:origlink'],
  ...publishedFields,
  ...updatedFields,
  ...peopleFields,
  ...['source', 'media:group', 'media:content'],
  ...[
    'category',
    'atom:category',
    'dc:subject',
    'itunes:category',
    'itunes:keywords',
    'media:category',
    'media:keywords',
  ],
] as const
