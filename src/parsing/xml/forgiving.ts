import { findAll, getInnerHTML, textContent } from 'domutils'
import { markupTree } from '../../platform/text/bounded-parser.ts'
import { unwrapCdata } from '../repair-html.ts'
import { type Naming, namingOf } from './element-names.ts'
import type { FeedNode, FeedTree } from './feed-node.ts'

/** Parses any markup with htmlparser2, well-formed or not; null when it holds no feed. */
export function parseForgiving(xml: string, url: string): FeedTree | null {
  const naming = namingOf(xml)
  const document = markupTree(xml, { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true })
  closeEntries(document, naming)
  closeFields(document, naming)
  const named = (...names: string[]) => findAll((element) => names.includes(naming(element.name)), document.children)
  const root =
    named('rss', 'rdf:rdf', 'rdf', 'feed', 'channel')[0] ?? named('entry').find(({ parent }) => parent === document)
  if (!root) return null
  const nodeFor = (element: Element) => nodeOf(element, naming, inheritedBase(element, url))
  const isAtomRoot = ['feed', 'entry'].includes(naming(root.name))
  const head = isAtomRoot ? root : (named('channel')[0] ?? root)
  const entries = { rss: named('item'), atom: named('entry') }
  const isOneKind = (entries.rss.length === 0) !== (entries.atom.length === 0)
  const kind = (isOneKind ? entries.atom.length > 0 : isAtomRoot) ? 'atom' : 'rss'
  const language = head.attribs['xml:lang'] ?? root.attribs['xml:lang'] ?? null
  return { kind, head: nodeFor(head), entries: entries[kind].map(nodeFor), language }
}

type Document = ReturnType<typeof markupTree>
type Child = Document['children'][number]
type Element = Extract<Child, { attribs: object }>
const isElement = (node: object): node is Element => 'attribs' in node

/**
 * Ends an unclosed entry where the next one begins: entries that stand within an entry follow it instead. The text of a field
 * is then its own, not that of all entries behind it. `open` takes the entries of the entry that is open.
 */
function closeEntries(parent: Document | Element, naming: Naming, open?: Child[]): void {
  const isEntry = (child: Child) => isElement(child) && entryElements.has(naming(child.name))
  const children: Child[] = []
  for (const child of parent.children) {
    const siblings = isEntry(child) ? (open ?? children) : children
    siblings.push(child)
    if (isElement(child)) closeEntries(child, naming, isEntry(child) ? siblings : open)
  }
  parent.children = children
  for (const child of children) child.parent = parent
}

const entryElements = new Set(['item', 'entry'])

/** Ends an unclosed field where the next one begins: a title holds no link, and a description holds no date. */
function closeFields(document: Document, naming: Naming): void {
  for (const parent of findAll(({ name }) => parents.has(naming(name)), document.children)) {
    const pending = parent.children.toReversed()
    const children: Child[] = []
    for (let child = pending.pop(); child; child = pending.pop()) {
      children.push(child)
      for (const next of isElement(child) ? takeNextFields(child, naming).reverse() : []) {
        next.parent = parent
        pending.push(next)
      }
    }
    parent.children = children
  }
}

const parents = new Set(['channel', 'feed', 'item', 'entry'])
/** Fields that are no element of HTML. */
const feedOnlyFields = new Set('guid pubdate dc:date dc:creator comments enclosure content:encoded category'.split(' '))
const lineFields = new Set('guid pubdate dc:date dc:creator comments category title link updated id'.split(' '))
const textFields = new Set(['description', 'summary', 'content'])

/** Removes the next field and all that follows it from the children of an unclosed field, and returns them. */
function takeNextFields(field: Element, naming: Naming): Child[] {
  const name = naming(field.name)
  const isLine = lineFields.has(name)
  if (!isLine && !textFields.has(name)) return []
  const next = field.children.findIndex((inner) => {
    const innerName = isElement(inner) ? naming(inner.name) : ''
    return feedOnlyFields.has(innerName) || (isLine && (lineFields.has(innerName) || textFields.has(innerName)))
  })
  return next < 0 ? [] : field.children.splice(next)
}

function nodeOf(element: Element, naming: Naming, base: string | null): FeedNode {
  let byName: Map<string, FeedNode[]> | undefined
  return {
    base,
    get text() {
      return unwrapCdata(textContent(element))
    },
    get markup() {
      return element.children.some(isElement) ? innerMarkup(element, naming, base) : null
    },
    attribute: (name) => element.attribs[name],
    children(name) {
      byName ??= childrenByName(element, naming, base)
      return byName.get(name) ?? []
    },
  }
}

function childrenByName(element: Element, naming: Naming, base: string | null): Map<string, FeedNode[]> {
  const byName = new Map<string, FeedNode[]>()
  for (const inner of element.children.filter(isElement)) {
    const name = naming(inner.name)
    const node = nodeOf(inner, naming, ownBase(inner, base))
    const others = byName.get(name)
    if (others) others.push(node)
    else byName.set(name, [node])
  }
  return byName
}

/** The inner HTML of an element. XHTML may use a prefix or its own xml:base, which HTML lacks. */
function innerMarkup(element: Element, naming: Naming, base: string | null): string {
  const bases = new Map<object | null, string | null>([[element, base]])
  for (const inner of findAll(() => true, element.children)) {
    inner.name = naming(inner.name)
    const own = ownBase(inner, bases.get(inner.parent) ?? null)
    bases.set(inner, own)
    if (own !== base && own && inner.attribs.href) inner.attribs.href = URL.parse(inner.attribs.href, own)?.href ?? ''
  }
  return getInnerHTML(element)
}

const maxBaseDepth = 8

/** The xml:base that is in force at an element; null where there is none. */
function inheritedBase(element: Element, url: string): string | null {
  const ancestors: Element[] = []
  for (let at = element; ancestors.length < maxBaseDepth; at = at.parent as Element) {
    ancestors.unshift(at)
    if (!at.parent || !isElement(at.parent)) break
  }
  return ancestors.reduce<string | null>((base, at) => ownBase(at, base, url), null)
}

function ownBase(element: Element, base: string | null, url = ''): string | null {
  const written = element.attribs['xml:base']
  return written === undefined ? base : (URL.parse(written.trim(), base ?? (url || undefined))?.href ?? base)
}
