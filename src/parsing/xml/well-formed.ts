import RssParser from 'rss-parser'
import { unwrapCdata } from '../repair-html.ts'
import { channelNames, entryNames, namingOf, peopleNames, textNames } from './element-names.ts'
import type { FeedNode, FeedTree } from './feed-node.ts'
import { shortenTexts } from './long-texts.ts'

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
export async function parseWellFormed(written: string): Promise<FeedTree | null> {
  const { xml, restore } = shortenTexts(written)
  if (/\sxml:base\s*=|<rdf:rdf|<rss(?=\s)[^<>]{0,2000}?\sxml:lang\s*=/i.test(xml)) return null
  const naming = namingOf(xml)
  let root: string | undefined
  let entries = 0
  const prefixed = (tag: string) => {
    const name = naming(tag)
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
      head: nodeOf(feed, restore),
      entries: feed.items.map((item) => nodeOf(item, restore)),
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

/** Whether a field of text holds elements. People hold some too (name, email), and those are no markup. */
function holdsMarkup(parent: Element): boolean {
  return (
    fieldsOfText.some((name) => childrenOf(parent, name).some((field) => Object.keys(field).some(isChild))) ||
    peopleNames.some((name) => childrenOf(parent, name).some((person) => Object.keys(person).some(isMarkup)))
  )
}

const fieldsOfText = [...textNames, 'guid', 'id', 'category', 'dc:subject']

const isChild = (key: string) => key.startsWith(prefix)
const isMarkup = (key: string) => markupNames.has(key)
const markupNames = new Set(['p', 'div', 'span', 'a', 'b', 'i', 'em', 'strong'].map((name) => prefix + name))

function childrenOf(element: Element, name: string): Element[] {
  const found = element[prefixedName(name)]
  return Array.isArray(found) ? found.map((value) => (typeof value === 'string' ? { _: value } : value)) : []
}

/** Made once for each name: to join two strings costs more than to look the child up. */
const prefixedNames = new Map<string, string>()

function prefixedName(name: string): string {
  let prefixed = prefixedNames.get(name)
  if (prefixed === undefined) {
    prefixed = prefix + name
    prefixedNames.set(name, prefixed)
  }
  return prefixed
}

const none: FeedNode[] = []

/** Texts are put back, and children are looked up, when they are asked for: most are not. */
function nodeOf(element: Element, restore: (text: string) => string): FeedNode {
  let text: string | undefined
  let byName: Map<string, FeedNode[]> | undefined
  return {
    base: null,
    get text() {
      text ??= element._ ? unwrapCdata(restore(element._)) : ''
      return text
    },
    markup: null,
    attribute: (name) => element.$?.[name],
    children(name) {
      const known = byName?.get(name)
      if (known) return known
      const found = childrenOf(element, name)
      if (found.length === 0) return none
      byName ??= new Map()
      const nodes = found.map((child) => nodeOf(child, restore))
      byName.set(name, nodes)
      return nodes
    },
  }
}
