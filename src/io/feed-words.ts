import type { FeedNode } from './feed-node.ts'
import { htmlToText, oneLine } from './html-text.ts'
import { sanitiseHtml } from './sanitise.ts'

/** How an element's text is meant: RSS holds HTML, Atom says so by its type (RFC 4287, section 3.1). */
export type Meaning = 'html' | 'atom'

/** An element's words as sanitised HTML; null where there are none. */
export function htmlOf(node: FeedNode | undefined, meaning: Meaning, base: string | null): string | null {
  if (!node) return null
  const html = sanitiseHtml(rawHtml(node, meaning), node.base ?? base)
  return html === '' ? null : html
}

/** An element's words as one line of plain text. */
export function lineOf(node: FeedNode | undefined, meaning: Meaning): string {
  return node ? oneLine(htmlToText(rawHtml(node, meaning))) : ''
}

function rawHtml(node: FeedNode, meaning: Meaning): string {
  const type = (node.attribute('type') ?? '').trim().toLowerCase()
  const mode = node.attribute('mode')
  if (mode === 'base64' || isBase64(type)) return fromBase64(node.text, type)
  if (node.markup !== null && mode !== 'escaped') return node.markup
  if (meaning === 'html' || /html|xml/.test(type) || looksLikeHtml(node.text)) return node.text
  return escapeHtml(node.text)
}

/** Any other media type than text is base64 in Atom (RFC 4287, section 4.1.3.3). */
const isBase64 = (type: string) => type.includes('/') && !/^text\/|xml$|html/.test(type)

function fromBase64(text: string, type: string): string {
  if (type !== '' && !/text|html|xml|octet/.test(type)) return ''
  return Buffer.from(text, 'base64').toString('utf8')
}

/** Many publishers forget to say type="html". */
const looksLikeHtml = (text: string) =>
  /<\/?(?:p|br|div|ul|ol|li|h[1-6]|a\s+href|strong|em|b|i|img|table)\b[^<>]*>/i.test(text)

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
