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
