/**
 * Gives an element its usual name: in lower case, with the usual prefix of its namespace, which a document may change.
 */
export type Naming = (written: string) => string

/** The naming of one document, in which a prefix means one namespace. The prefix of the root element is dropped. */
export function namingOf(xml: string): Naming {
  const prefixes = new Map<string, string>()
  for (const [, written = '', , uri = ''] of xml.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g)) {
    const prefix = written.toLowerCase()
    const usual = usualPrefix(uri)
    if (usual !== undefined && !prefixes.has(prefix)) prefixes.set(prefix, usual)
  }
  const rootPrefix = xml.match(/<([\w.-]{1,20}):(?:feed|rss)[\s>]/i)?.[1]
  if (rootPrefix) prefixes.set(rootPrefix.toLowerCase(), '')
  const known = new Map<string, string>()
  return (written) => {
    const name = known.get(written) ?? rename(written, prefixes)
    if (known.size < maxKnown) known.set(written, name)
    return name
  }
}

const maxKnown = 1000

/** The usual prefix of each namespace, found by a part of its address. */
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

/** The elements of a feed that are read, apart from its entries. */
export const channelNames = [
  ...'title dc:title itunes:title atom:title link atom:link language dc:language'.split(' '),
  ...'ttl sy:updateperiod sy:updatefrequency skiphours skipdays'.split(' '),
  ...'author atom:author dc:creator itunes:author itunes:owner managingeditor'.split(' '),
]

export const titleNames = 'title dc:title itunes:title atom:title media:title'.split(' ')

export const summaryNames = [
  ...'description summary dc:description dcterms:abstract atom:summary itunes:summary tagline'.split(' '),
  ...'abstract media:description itunes:subtitle'.split(' '),
]

/**
 * Full texts beside the description of RSS. Russian and Ukrainian news sites use an element of the Yandex search
 * engine.
 */
export const contentNames =
  'content:encoded atom:content content body div fullitem yandex:full-text full-text fulltext'.split(' ')

export const textNames = [...titleNames, ...summaryNames, ...contentNames]

export const publishedNames = [
  ...'pubdate dc:date dcterms:issued dcterms:available dcterms:created dcterms:date'.split(' '),
  ...'atom:published published issued created atom:issued atom:created date'.split(' '),
]

export const updatedNames = 'updated modified atom:updated atom:modified dcterms:modified'.split(' ')

export const peopleNames = 'author dc:creator dc:author atom:author itunes:author dcterms:creator'.split(' ')

/** The elements of an entry that are read. */
export const entryNames = [
  ...textNames,
  ...'guid id atom:id dc:identifier link atom:link feedburner:origlink'.split(' '),
  ...publishedNames,
  ...updatedNames,
  ...peopleNames,
  ...'source media:group media:content'.split(' '),
  ...'category atom:category dc:subject itunes:category itunes:keywords media:category media:keywords'.split(' '),
]
