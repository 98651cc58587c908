import { findAll, getInnerHTML, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
import { type Naming, namingOf } from './element-names.ts'
import type { FeedNode, FeedTree } from './feed-node.ts'

/** Parses any markup, well-formed or not, with a parser that forgives; null when there is no feed in it. */
export function parseForgiving(xml: string, url: string): FeedTree | null {
  const naming = namingOf(xml)
  const document = parseDocument(xml, { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true })
  closeFields(document, naming)
  const named = (...names: string[]) => findAll((element) => names.includes(naming(element.name)), document.children)
  const root =
    named('rss', 'rdf:rdf', 'rdf', 'feed', 'channel')[0] ?? named('entry').find(({ parent }) => parent === document)
  if (!root) return null
  const node = (element: Element) => nodeOf(element, naming, inheritedBase(element, url))
  const isAtom = ['feed', 'entry'].includes(naming(root.name))
  const head = isAtom ? root : (named('channel')[0] ?? root)
  const entries = { rss: named('item'), atom: named('entry') }
  const kind = (entries.rss.length === 0) === (entries.atom.length === 0) ? isAtom : entries.atom.length > 0
  const language = head.attribs['xml:lang'] ?? root.attribs['xml:lang'] ?? null
  return { ...inKind(kind ? 'atom' : 'rss'), head: node(head), language }

  function inKind(kind: FeedTree['kind']): Pick<FeedTree, 'kind' | 'entries'> {
    return { kind, entries: entries[kind].map(node) }
  }
}

type Document = ReturnType<typeof parseDocument>
type Child = Document['children'][number]
type Element = Extract<Child, { attribs: object }>
const isElement = (node: object): node is Element => 'attribs' in node

function nodeOf(element: Element, naming: Naming, base: string | null): FeedNode {
  let inside: Map<string, FeedNode[]> | undefined
  return {
    base,
    get text() {
      return textContent(element)
    },
    get markup() {
      return element.children.some(isElement) ? innerMarkup(element, naming, base) : null
    },
    attribute: (name) => element.attribs[name],
    children(name) {
      inside ??= childrenByName(element, naming, base)
      return inside.get(name) ?? []
    },
  }
}

function childrenByName(element: Element, naming: Naming, base: string | null): Map<string, FeedNode[]> {
  const inside = new Map<string, FeedNode[]>()
  for (const inner of element.children.filter(isElement)) {
    const name = naming(inner.name)
    const node = nodeOf(inner, naming, ownBase(inner, base))
    const same = inside.get(name)
    if (same) same.push(node)
    else inside.set(name, [node])
  }
  return inside
}

/** XHTML may come with a prefix or with bases of its own, which HTML does not know. */
function innerMarkup(element: Element, naming: Naming, base: string | null): string {
  const bases = new Map<object, string | null>([[element, base]])
  for (const inner of findAll(() => true, element.children)) {
    inner.name = naming(inner.name)
    const own = ownBase(inner, bases.get(inner.parent!) ?? null)
    bases.set(inner, own)
    if (own !== base && own && inner.attribs.href) inner.attribs.href = URL.parse(inner.attribs.href, own)?.href ?? ''
  }
  return getInnerHTML(element)
}

const deepest = 8

/** The xml:base in force at an element, or null where nobody declared one. */
function inheritedBase(element: Element, url: string): string | null {
  const line: Element[] = []
  for (let at = element; line.length < deepest; at = at.parent as Element) {
    line.unshift(at)
    if (!at.parent || !isElement(at.parent)) break
  }
  return line.reduce<string | null>((base, at) => ownBase(at, base, url), null)
}

function ownBase(element: Element, base: string | null, url = ''): string | null {
  const written = element.attribs['xml:base']
  return written === undefined ? base : (URL.parse(written.trim(), base ?? (url || undefined))?.href ?? base)
}

/** Ends a field where the next one begins, when its own end is missing: a title does not hold a link, nor a text a date. */
function closeFields(document: Document, naming: Naming): void {
  for (const parent of findAll(({ name }) => parents.has(naming(name)), document.children)) {
    const pending = parent.children.toReversed()
    const children: Child[] = []
    for (let child = pending.pop(); child; child = pending.pop()) {
      children.push(child)
      const swallowed = 'attribs' in child ? takeSwallowed(child, naming) : []
      for (const field of swallowed.reverse()) {
        field.parent = parent
        pending.push(field)
      }
    }
    parent.children = children
  }
}

const parents = new Set(['channel', 'feed', 'item', 'entry'])
/** No HTML has these names. */
const never = new Set([
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'comments',
  'enclosure',
  'content:encoded',
  'category',
])
const lines = new Set([
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'comments',
  'category',
  'title',
  'link',
  'updated',
  'id',
])
const texts = new Set(['description', 'summary', 'content'])

function takeSwallowed(field: Element, naming: Naming): Child[] {
  const name = naming(field.name)
  if (!lines.has(name) && !texts.has(name)) return []
  const next = field.children.findIndex((inner) => {
    const inside = 'attribs' in inner ? naming(inner.name) : ''
    return never.has(inside) || (lines.has(name) && (lines.has(inside) || texts.has(inside)))
  })
  return next < 0 ? [] : field.children.splice(next)
}
