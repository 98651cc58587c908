import RssParser from 'rss-parser'
import { unwrapCdata } from '../repair-html.ts'
import { channelNames, entryNames, namingOf, textNames } from './element-names.ts'
import type { FeedNode, FeedTree } from './feed-node.ts'

/**
 * Parses well-formed RSS 0.9x, RSS 2.0 and Atom with rss-parser. Null for what it cannot express: broken markup, RDF,
 * xml:base, entries in unusual places, and markup inside of text, where it loses the order of words and tags.
 *
 * rss-parser checks that the XML is well-formed, recognises the format, and finds the channel and its entries. Every
 * field is taken as an element, through `customFields`, and read by the code that also reads the forgiving parser's
 * elements. The fields that rss-parser computes itself do not suffice. They lose attributes (isPermaLink, type,
 * hreflang), all but one of several elements, and the update dates and categories of Atom. Elements get a prefix that
 * rss-parser does not know, so that it does not compute them: its snippet of a text of 120 kB can take seven seconds,
 * and one bad date makes it reject a whole Atom feed.
 */
export async function parseWellFormed(xml: string): Promise<FeedTree | null> {
  if (/\sxml:base\s*=|<rdf:rdf|<rss\s[^<>]{0,2000}?\sxml:lang\s*=/i.test(xml)) return null
  const naming = namingOf(xml)
  let root: string | undefined
  let entries = 0
  const prefixed = (written: string) => {
    const name = naming(written)
    root ??= name
    if (name === 'item' || name === 'entry') entries++
    return structure.has(name) ? name : prefix + name
  }
  const xml2js = { tagNameProcessors: [prefixed], attrNameProcessors: [(name: string) => name.toLowerCase()] }
  try {
    const feed = await new RssParser<Element, Element>({ xml2js, customFields }).parseString(xml)
    if (feed.items.length !== entries || [feed, ...feed.items].some(holdsMarkup)) return null
    return {
      kind: root === 'feed' ? 'atom' : 'rss',
      head: nodeOf(feed),
      entries: feed.items.map(nodeOf),
      language: null,
    }
  } catch {
    return null
  }
}

/**
 * An element as rss-parser gives it: its text alone, or an object of attributes ($), text (_) and children by prefixed
 * name.
 */
type Element = { $?: Record<string, string>; _?: string; [child: string]: unknown }

/** The elements that rss-parser itself must recognise. */
const structure = new Set(['rss', 'channel', 'item', 'feed', 'entry'])
const prefix = 'sitrep:'
const asElements = (name: string) => [name, name, { keepArray: true }]
const fields = (names: string[]) => [asElements('$'), ...names.map((name) => asElements(prefix + name))]
/** The type of `feed` lacks the options of a field, which rss-parser accepts there too. */
const customFields = {
  feed: fields(channelNames) as unknown as string[],
  item: fields(entryNames) as (string | { keepArray: boolean })[][],
}

/** Whether a text field of an element holds elements. People hold some too (name, email), and those are no markup. */
function holdsMarkup(parent: Element): boolean {
  return textNames.some((name) => childrenOf(parent, name).some((field) => Object.keys(field).some(isChild)))
}

const isChild = (key: string) => key.startsWith(prefix)

function childrenOf(element: Element, name: string): Element[] {
  const found = element[prefix + name]
  return Array.isArray(found) ? found.map((value) => (typeof value === 'string' ? { _: value } : value)) : []
}

function nodeOf(element: Element): FeedNode {
  return {
    base: null,
    text: unwrapCdata(element._ ?? ''),
    markup: null,
    attribute: (name) => element.$?.[name],
    children: (name) => childrenOf(element, name).map(nodeOf),
  }
}
