import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import { sanitiseHtml } from '../sanitise.ts'
import type { FeedNode } from './feed-node.ts'

/** How an element's text is meant: RSS holds HTML, Atom says so by its type (RFC 4287, section 3.1). */
export type Meaning = 'html' | 'atom'

/** An element's words as sanitised HTML; null where there are none. */
export function htmlOf(node: FeedNode | undefined, meaning: Meaning, base: string | null): string | null {
  if (!node) return null
  const html = sanitiseHtml(rawHtml(node, meaning), node.base ?? base)
  return html === '' ? null : html
}

/** An element's words as one line of plain text. */
export function lineOf(node: FeedNode | undefined, meaning: Meaning, longest = 2000): string {
  return node ? boundedLine(htmlToText(rawHtml(node, meaning)), longest) : ''
}

function rawHtml(node: FeedNode, meaning: Meaning): string {
  const type = (node.attribute('type') ?? '').trim().toLowerCase()
  const mode = (node.attribute('mode') ?? '').trim().toLowerCase()
  if (type.startsWith('multipart/')) return bestOf(node.children('content'), meaning)
  if (mode === 'base64' || isBase64(type)) return asHtml(fromBase64(node.text, type), type, meaning)
  if (node.markup !== null && mode !== 'escaped') return node.markup
  return asHtml(node.text, type, meaning)
}

/** The alternatives of Atom 0.3: HTML before plain text. */
function bestOf(parts: FeedNode[], meaning: Meaning): string {
  const best = parts.find((part) => /html/.test(part.attribute('type') ?? '')) ?? parts[0]
  return best ? rawHtml(best, meaning) : ''
}

/** Of XHTML without any element the characters are meant, as in text. */
function asHtml(text: string, type: string, meaning: Meaning): string {
  if (type === '' ? meaning === 'html' : /(?<!x)html/.test(type)) return unescapedTwice(text)
  const isMarkup = /^(?:text$|text\/plain|plain)/.test(type) ? holdsBlocks(text) : looksLikeHtml(text)
  return isMarkup ? text : escapeHtml(text)
}

/** Text whose only markup is escaped once more than it should be. */
const unescapedTwice = (text: string) =>
  !text.includes('<') && /&lt;(?:\/(?:p|div|a|ul|li|h[1-6]|strong|em)|br ?\/?)&gt;/i.test(text)
    ? htmlToText(text)
    : text

/** Any other media type than text is base64 in Atom (RFC 4287, section 4.1.3.3). */
const isBase64 = (type: string) => type.includes('/') && !/^text\/|xml$|html/.test(type)

function fromBase64(text: string, type: string): string {
  if (type !== '' && !/text|html|xml|octet/.test(type)) return ''
  return Buffer.from(text, 'base64').toString('utf8')
}

/** Many publishers forget to say type="html". */
const looksLikeHtml = (text: string) =>
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|a\s+href|strong|em|b|i|img|table)\b[^<>]{0,2000}>|&(?:#\d{2,6}|[a-z]{2,8});/i.test(
    text,
  )

/** Some say "text" and mean HTML all the same. */
const holdsBlocks = (text: string) => /<(?:\/(?:p|div|ul|ol|li|h[1-6]|table)|br ?\/?)>/i.test(text)

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const mostRead = 500

/** What an entry is filed under: RSS writes it as text, Atom as a label or a term, others as lists with commas. */
export function categoriesOf(entry: FeedNode): string[] {
  const single = all(entry, 'category', 'atom:category', 'dc:subject', 'itunes:category', 'media:category').map(
    (node) => attributes.map((name) => node.attribute(name)?.trim()).find(Boolean) ?? node.text,
  )
  const lists = all(entry, 'itunes:keywords', 'media:keywords').flatMap((node) =>
    (node.text || (node.attribute('text') ?? '')).split(',', mostRead),
  )
  const names = [...single, ...lists].slice(0, mostRead).map((text) => boundedLine(htmlToText(text), 1000))
  return [...new Set(names)].filter((name) => name !== '')
}

/** "domain" and "scheme" say where a category is from, not what it is. */
const attributes = ['label', 'term', 'text']

const all = (entry: FeedNode, ...names: string[]) => names.flatMap((name) => entry.children(name).slice(0, mostRead))
