import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import { sanitiseHtml } from '../sanitise.ts'
import type { FeedNode } from './feed-node.ts'

/** The format of an element's text: HTML in RSS, given by the `type` attribute in Atom (RFC 4287, section 3.1). */
type TextFormat = 'html' | 'atom'

/** An element's text as sanitised HTML; null where it is empty. */
export function htmlOf(node: FeedNode | undefined, format: TextFormat, base: string | null): string | null {
  if (!node) return null
  const html = sanitiseHtml(rawHtml(node, format), node.base ?? base)
  return html === '' ? null : html
}

/** An element's text as one line of plain text. */
export function lineOf(node: FeedNode | undefined, format: TextFormat, maxLength = 2000): string {
  return node ? boundedLine(htmlToText(rawHtml(node, format)), maxLength) : ''
}

function rawHtml(node: FeedNode, format: TextFormat): string {
  const type = (node.attribute('type') ?? '').trim().toLowerCase()
  const mode = (node.attribute('mode') ?? '').trim().toLowerCase()
  if (type.startsWith('multipart/')) return bestOf(node.children('content'), format)
  if (mode === 'base64' || isBase64(type)) return asHtml(fromBase64(node.text, type), type, format)
  if (node.markup !== null && mode !== 'escaped') return node.markup
  return asHtml(node.text, type, format)
}

/** The best of the alternatives of Atom 0.3: HTML before plain text. */
function bestOf(parts: FeedNode[], format: TextFormat): string {
  const best = parts.find((part) => /html/.test(part.attribute('type') ?? '')) ?? parts[0]
  return best ? rawHtml(best, format) : ''
}

/** Text as HTML. XHTML without any element is plain text. */
function asHtml(text: string, type: string, format: TextFormat): string {
  if (type === '' ? format === 'html' : /(?<!x)html/.test(type)) return withoutDoubleEscapes(text)
  const isMarkup = /^(?:text$|text\/plain|plain)/.test(type) ? holdsBlocks(text) : looksLikeHtml(text)
  return isMarkup ? text : escapeHtml(text)
}

/** HTML whose only markup is escaped once more than it should be is unescaped. */
const withoutDoubleEscapes = (text: string) =>
  !text.includes('<') && /&lt;(?:\/(?:p|div|a|ul|li|h[1-6]|strong|em)|br ?\/?)&gt;/i.test(text)
    ? htmlToText(text)
    : text

/** In Atom the content of any media type other than text and XML is base64 (RFC 4287, section 4.1.3.3). */
const isBase64 = (type: string) => type.includes('/') && !/^text\/|xml$|html/.test(type)

function fromBase64(text: string, type: string): string {
  if (type !== '' && !/text|html|xml|octet/.test(type)) return ''
  return Buffer.from(text, 'base64').toString('utf8')
}

/** Many publishers omit type="html". */
const looksLikeHtml = (text: string) =>
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|a\s+href|strong|em|b|i|img|table)\b[^<>]{0,2000}>|&(?:#\d{2,6}|[a-z]{2,8});/i.test(
    text,
  )

/** Some publishers write type="text" for HTML. */
const holdsBlocks = (text: string) => /<(?:\/(?:p|div|ul|ol|li|h[1-6]|table)|br ?\/?)>/i.test(text)

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * The categories of an entry: RSS writes one as text, Atom as a label or term, other modules write lists with commas.
 */
export function categoriesOf(entry: FeedNode): string[] {
  const single = childrenNamed(entry, 'category atom:category dc:subject itunes:category media:category').map(
    (node) => categoryAttributes.map((name) => node.attribute(name)?.trim()).find(Boolean) ?? node.text,
  )
  const lists = childrenNamed(entry, 'itunes:keywords media:keywords').flatMap((node) =>
    (node.text || (node.attribute('text') ?? '')).split(',', maxCategories),
  )
  const names = [...single, ...lists].slice(0, maxCategories).map((text) => boundedLine(htmlToText(text), 1000))
  return [...new Set(names)].filter((name) => name !== '')
}

/** The attributes "domain" and "scheme" name the source of a category, not the category. */
const categoryAttributes = ['label', 'term', 'text']

const maxCategories = 500

const childrenNamed = (entry: FeedNode, names: string) =>
  names.split(' ').flatMap((name) => entry.children(name).slice(0, maxCategories))
