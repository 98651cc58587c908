import { BoundedParser } from '../platform/text/bounded-parser.ts'
import { allowedTags, attributesOf, emptyAttributes, nonTextTags, renamedTags } from './allowed-markup.ts'
import { canonicalItemUrl } from './canonical-url.ts'

/** How HTML is written: `base` resolves its links; `keepHidden` keeps the parts that its page hides. */
export type WriteOptions = { base?: string | null | undefined; keepHidden?: boolean }

/** HTML of allowed markup alone. `isNested`: a block stands within a paragraph, or a link within a link. */
type Written = { html: string; isNested: boolean }

/**
 * Writes HTML anew. A tag is written only if it is in the list of allowed markup, with its allowed attributes; every text and
 * every value is escaped. So nothing of the source comes through that is not in the list.
 */
export function writeAllowed(html: string, options: WriteOptions): Written {
  if (!/[<&]/.test(html)) return { html: escapeText(html), isNested: false }
  const writer: Writer = { html: '', open: [], dropped: 0, depth: 0, inFrames: 0, options, ...noneOpen }
  parseInto(writer, html)
  return { html: writer.html, isNested: writer.isNested }
}

type Attributes = Record<string, string>

/** An open element: its name in the source, the name under which it is written if it is, and where its tag begins. */
type Opened = { source: string; name: string | null; isHidden: boolean; before: Nesting & { length: number } }

/** Whether a paragraph or a link is open, and whether anything that may not stand there began within. */
type Nesting = { inParagraph: boolean; inLink: boolean; isNested: boolean }

type Writer = {
  html: string
  open: Opened[]
  /** How many elements are open within one whose text is dropped, with it. */
  dropped: number
  /** Elements that are open around the markup within a frame. */
  depth: number
  inFrames: number
  options: WriteOptions
} & Nesting

const noneOpen = { inParagraph: false, inLink: false, isNested: false }

const maxDepth = 200
const maxInFrames = 8

function parseInto(writer: Writer, html: string): void {
  const parser = new BoundedParser({
    onopentag: (name, attributes) => openElement(writer, name, attributes),
    ontext: (text) => writeText(writer, text),
    onclosetag: (name) => closeElement(writer, name),
  })
  parser.end(html)
}

function openElement(writer: Writer, source: string, attributes: Attributes): void {
  if (writer.dropped > 0) {
    writer.dropped++
    return
  }
  const name = nameOf(source, attributes)
  const isWritten = allowedTags.has(name) && writer.depth + writer.open.length < maxDepth
  const isHidden = !writer.options.keepHidden && isHiddenBy(name, attributes)
  writer.open.push({ source, name: isWritten ? name : null, isHidden, before: stateOf(writer) })
  if (isWritten) writeTag(writer, name, attributes)
  else if (nonTextTags.has(name)) writer.dropped = 1
}

function writeTag(writer: Writer, name: string, attributes: Attributes): void {
  noteNesting(writer, name)
  writer.html += `<${name}${attributesText(name, attributes, writer.options)}${voidTags.has(name) ? ' />' : '>'}`
}

function writeText(writer: Writer, text: string): void {
  if (writer.dropped > 0) return
  if (writer.open.at(-1)?.source === 'iframe' && writer.inFrames < maxInFrames) writeFrame(writer, text)
  else writer.html += escapeText(text)
}

/** The parser takes the markup within a frame for text. */
function writeFrame(writer: Writer, html: string): void {
  const inner: Writer = {
    ...writer,
    html: '',
    open: [],
    depth: writer.depth + writer.open.length,
    inFrames: writer.inFrames + 1,
  }
  parseInto(inner, html)
  const { inParagraph, inLink, isNested } = inner
  Object.assign(writer, { inParagraph, inLink, isNested })
  writer.html += inner.html
}

function closeElement(writer: Writer, source: string): void {
  if (writer.dropped > 0 && --writer.dropped > 0) return
  const last = writer.open.at(-1)
  if (!last || last.source !== source) return
  writer.open.pop()
  if (last.name === null) return
  if (last.isHidden) dropHidden(writer, last)
  else endTag(writer, last.name)
}

function endTag(writer: Writer, name: string): void {
  if (!voidTags.has(name)) writer.html += `</${name}>`
  if (name === 'p') writer.inParagraph = false
  if (name === 'a') writer.inLink = false
}

const voidTags = new Set(['br', 'hr'])

const stateOf = ({ html, inParagraph, inLink, isNested }: Writer) => ({
  length: html.length,
  inParagraph,
  inLink,
  isNested,
})

/** What was written since a hidden element began is dropped. */
function dropHidden(writer: Writer, { before: { length, ...nesting } }: Opened): void {
  Object.assign(writer, nesting)
  writer.html = writer.html.slice(0, length)
}

/** Elements that end a paragraph. */
const paragraphEnds = new Set(
  'p div section article blockquote pre hr ul ol dl table figure figcaption aside header footer h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
)

/** A removed element can leave a block inside a paragraph, or a link inside another. */
function noteNesting(writer: Writer, name: string): void {
  if ((writer.inParagraph && paragraphEnds.has(name)) || (writer.inLink && name === 'a')) writer.isNested = true
  if (name === 'p') writer.inParagraph = true
  if (name === 'a') writer.inLink = true
}

/** The name under which an element is written. A span in bold or raised means what its style says. */
function nameOf(source: string, attributes: Attributes): string {
  if (source !== 'span') return renamedTags.get(source) ?? source
  const { style = '' } = attributes
  if (/vertical-align\s*:\s*super/i.test(style)) return 'sup'
  return /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style) ? 'strong' : 'span'
}

function isHiddenBy(name: string, { style, hidden }: Attributes): boolean {
  if (hidden) return true
  return style !== undefined && /display\s*:\s*none/i.test(style) && !(name === 'p' && listLevel.test(style))
}

/** Word marks a list item by the style of its paragraph. */
const listLevel = /mso-list\s*:\s*(l\d+\s+level\d)/i

function attributesText(tag: string, attributes: Attributes, options: WriteOptions): string {
  const kept = attributesOf(tag)
  let text = ''
  for (const name in attributes) {
    const value = attributes[name] ?? ''
    if (kept.has(name) && (value !== '' || emptyAttributes.has(name))) text += attribute(name, value)
  }
  if (tag === 'a') return text + linkText(attributes.href ?? '', options.base)
  const list = tag === 'p' && attributes.style !== undefined && listLevel.exec(attributes.style)?.[1]
  return list ? text + attribute('style', `mso-list:${list}`) : text
}

const attribute = (name: string, value: string) => (value === '' ? ` ${name}` : ` ${name}="${escapeValue(value)}"`)

function linkText(href: string, base?: string | null): string {
  const target = href.startsWith('#') ? href : canonicalItemUrl(href, base, true)
  return target && safeTarget.test(target.replace(/[\x00-\x20]/g, '')) ? attribute('href', target) : ''
}

/** Checked once more: a browser leaves control characters out. */
const safeTarget = /^(?:https?:|mailto:|#)/i

const escapeText = (text: string) => (/[&<>]/.test(text) ? text.replace(/[&<>]/g, escapeOf) : text)
const escapeValue = (text: string) => (/[&<>"]/.test(text) ? text.replace(/[&<>"]/g, escapeOf) : text)

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeOf = (character: string) => escapes[character] ?? ''
