import { findAll, getInnerHTML, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
import { type Naming, namingOf } from './names.ts'
import type { FeedNode } from './node.ts'
import { closeFields } from './unclosed-fields.ts'

/** A feed's elements; `entries` may lie anywhere below the root (RDF, unclosed tags), and `kind` says how they are written. */
export type FeedTree = { kind: 'rss' | 'atom'; head: FeedNode; entries: FeedNode[]; language: string | null }

/** Parses any markup, well-formed or not, with a parser that forgives; null when there is no feed in it. */
export function parseFeedTree(xml: string, url: string): FeedTree | null {
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

type Child = ReturnType<typeof parseDocument>['children'][number]
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
