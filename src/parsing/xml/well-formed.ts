import RssParser from 'rss-parser'
import { channelFields, entryFields, namingOf, textFields } from './element-names.ts'
import type { FeedNode, FeedTree } from './feed-node.ts'

/**
 * Parses well-formed RSS 0.9x, 2.0 and Atom with rss-parser. Null for what it cannot express: broken markup, RDF,
 * xml:base, entries in places of their own, and markup inside of text (it loses the order of words and tags there).
 *
 * Its own fields are bypassed by renaming: their snippets take quadratic time and one bad date rejects the feed. What we
 * ask for comes back as the elements themselves, through its customFields.
 */
export async function parseWellFormed(xml: string): Promise<FeedTree | null> {
  if (/\sxml:base\s*=|<rdf:rdf|<rss\s[^<>]{0,2000}?\sxml:lang\s*=/i.test(xml)) return null
  const naming = namingOf(xml)
  let root: string | undefined
  let entries = 0
  const rename = (written: string) => {
    const name = naming(written)
    root ??= name
    if (name === 'item' || name === 'entry') entries++
    return structure.has(name) ? name : mark + name
  }
  const xml2js = { tagNameProcessors: [rename], attrNameProcessors: [(name: string) => name.toLowerCase()] }
  try {
    const feed = await new RssParser<Element, Element>({ xml2js, customFields }).parseString(xml)
    if (feed.items.length !== entries) return null
    const tree = {
      kind: root === 'feed' ? 'atom' : 'rss',
      language: null,
      head: nodeOf(feed),
      entries: feed.items.map(nodeOf),
    } as const
    return [feed, ...feed.items].some(holdsMarkup) ? null : tree
  } catch {
    return null
  }
}

/** What the parser makes of an element: its text alone, or its attributes ($), text (_) and children by marked name. */
type Element = { $?: Record<string, string>; _?: string; [child: string]: unknown }

const structure = new Set(['rss', 'channel', 'item', 'feed', 'entry'])
const mark = 'sitrep:'
const keep = (name: string) => [name, name, { keepArray: true }]
const wanted = (names: readonly string[]) => [keep('$'), ...names.map((name) => keep(mark + name))]
const customFields = {
  feed: wanted(channelFields) as unknown as string[],
  item: wanted(entryFields) as (string | { keepArray: boolean })[][],
}

/** Elements within a text field; people have parts (name, email), and those are no markup. */
function holdsMarkup(parent: Element): boolean {
  return textFields.some((name) => childrenOf(parent, name).some((field) => Object.keys(field).some(isMarked)))
}

const isMarked = (key: string) => key.startsWith(mark)

function childrenOf(element: Element, name: string): Element[] {
  const found = element[mark + name]
  return Array.isArray(found) ? found.map((value) => (typeof value === 'string' ? { _: value } : value)) : []
}

function nodeOf(element: Element): FeedNode {
  return {
    base: null,
    text: element._ ?? '',
    markup: null,
    attribute: (name) => element.$?.[name],
    children: (name) => childrenOf(element, name).map(nodeOf),
  }
}
