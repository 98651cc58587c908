import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import { repairHtml, repairLine, withoutCdata, withoutScripts } from '../repair-html.ts'
import { cleanHtml } from '../sanitise.ts'
import type { FeedNode } from './feed-node.ts'

/** The format of an element's text: HTML in RSS, given by the `type` attribute in Atom (RFC 4287, section 3.1). */
type TextFormat = 'html' | 'atom'

/** The first of these elements that holds words, as sanitised HTML; null where none does. */
export function htmlOf(nodes: Iterable<FeedNode>, format: TextFormat, base: string | null): string | null {
  for (const node of nodes) {
    const html = cleanHtml(rawHtml(node, format, repairHtml), node.base ?? base)
    if (html) return html
  }
  return null
}

/** An element's text as one line of plain text. */
export function lineOf(node: FeedNode | undefined, format: TextFormat, maxLength = 2000): string {
  return node ? boundedLine(htmlToText(withoutScripts(rawHtml(node, format, repairLine))), maxLength) : ''
}

/** Corrects HTML that was written as text. */
type Repair = (html: string) => string

function rawHtml(node: FeedNode, format: TextFormat, repair: Repair): string {
  const type = (node.attribute('type') ?? '').trim().toLowerCase()
  const mode = (node.attribute('mode') ?? '').trim().toLowerCase()
  if (type.startsWith('multipart/')) return bestOf(node.children('content'), format, repair)
  if (mode === 'base64' || isBase64(type)) return asHtml(fromBase64(node.text, type), type, { format, repair })
  if (node.markup !== null && mode !== 'escaped') return wrappedHtml(node.markup, type) ?? withoutCdata(node.markup)
  return asHtml(node.text, type, { format, repair })
}

/** The best of the alternatives of Atom 0.3: HTML before plain text. */
function bestOf(parts: FeedNode[], format: TextFormat, repair: Repair): string {
  const best = parts.find((part) => /html/.test(part.attribute('type') ?? '')) ?? parts[0]
  return best ? rawHtml(best, format, repair) : ''
}

/** Text as HTML. XHTML without any element is plain text. */
function asHtml(text: string, type: string, { format, repair }: { format: TextFormat; repair: Repair }): string {
  if (type === '' ? format === 'html' : /(?<!x)html/.test(type)) return repair(text)
  const isMarkup = /^(?:text$|text\/plain|plain)/.test(type) ? holdsBlocks(text) : looksLikeHtml(text)
  return isMarkup ? repair(text) : escapeHtml(text)
}

/** HTML that was escaped within a single div of XHTML. */
function wrappedHtml(markup: string, type: string): string | null {
  const inner = type !== 'html' ? undefined : /^\s*<div\b[^<>]{0,500}>([^<]*)<\/div>\s*$/.exec(markup)?.[1]
  return inner?.includes('&lt;') ? repairHtml(htmlToText(inner)) : null
}

/** In Atom the content of any media type other than text and XML is base64 (RFC 4287, section 4.1.3.3). */
const isBase64 = (type: string) => type.includes('/') && !/^text\/|xml$|html/.test(type)

/**
 * The text that base64 holds, if it is one. Publishers also write plain text under a type that nobody knows: that stays;
 * pictures and other files have no text.
 */
function fromBase64(text: string, type: string): string {
  const decoded = Buffer.from(text, 'base64').toString('utf8')
  if (type === '' || /text|html|xml|octet/.test(type)) return decoded
  if (isEncoded(text) && !/[\x00-\x08\x0E-\x1F\uFFFD]/.test(decoded)) return decoded
  return /^(?:image|audio|video|font)\//.test(type) || /\S{60}/.test(text) ? '' : text
}

function isEncoded(text: string): boolean {
  const bare = text.replace(/\s/g, '')
  return bare.length >= 8 && bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)
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
  const nested = childrenNamed(entry, 'itunes:category').flatMap((node) => childrenNamed(node, 'itunes:category'))
  const own = childrenNamed(entry, 'category atom:category dc:subject itunes:category media:category')
  const single = [...own, ...nested].map(
    (node) => categoryAttributes.map((name) => node.attribute(name)?.trim()).find(Boolean) ?? node.text,
  )
  const lists = childrenNamed(entry, 'itunes:keywords media:keywords').flatMap((node) =>
    (node.text || (node.attribute('text') ?? '')).split(',', maxCategories),
  )
  const names = [...single, ...lists]
    .slice(0, maxCategories)
    .map((text) => boundedLine(htmlToText(repairLine(text)), 1000))
  return [...new Set(names)].filter((name) => name !== '')
}

/** The attributes "domain" and "scheme" name the source of a category, not the category. */
const categoryAttributes = ['label', 'term', 'text']

const maxCategories = 500

const childrenNamed = (entry: FeedNode, names: string) =>
  names.split(' ').flatMap((name) => entry.children(name).slice(0, maxCategories))
