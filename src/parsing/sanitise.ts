import sanitize from 'sanitize-html'
import { canonicalItemUrl } from './canonical-url.ts'

/**
 * Keeps only the markup of prose. Scripts, styles, forms, frames and images (so tracking pixels too) are removed, but
 * not the words that a frame holds for readers without it, and all attributes but those of footnotes, tables and what reading needs. Links are resolved against `base` and stay when
 * they lead to http, https or mailto; their tracking parameters are removed.
 */
export function sanitiseHtml(html: string, base?: string | null): string {
  const transformTags: sanitize.IOptions['transformTags'] = { ...emphasis, a: (_tag, attribs) => link(attribs, base) }
  const clean = sanitize(html, { ...rules, transformTags }).trim()
  return hasNested('p', clean) || hasNested('a', clean) ? sanitize(clean, { ...rules, transformTags }) : clean
}

const tagsOf = { p: /<\/?p[\s>]/g, a: /<\/?a[\s>]/g }

/** A removed element can leave a paragraph or a link inside another; parsed once more, they stand side by side. */
function hasNested(name: 'p' | 'a', html: string): boolean {
  let isOpen = false
  for (const [tag] of html.matchAll(tagsOf[name])) {
    const opens = tag[1] !== '/'
    if (opens && isOpen) return true
    isOpen = opens
  }
  return false
}

/** Keeps what only a style attribute says: hidden parts, bold headings, raised footnote marks, list items of Word. */
const emphasis: NonNullable<sanitize.IOptions['transformTags']> = {
  '*': (tagName, attribs) => ({ tagName, attribs: hidden.test(attribs.style ?? '') ? { hidden: 'hidden' } : attribs }),
  span: (_tag, attribs) => ({ tagName: tagOfSpan(attribs.style ?? ''), attribs }),
  p: (_tag, { style = '', ...attribs }) => {
    const list = style.match(/mso-list\s*:\s*(l\d+\s+level\d)/i)?.[1]
    if (list) return { tagName: 'p', attribs: { ...attribs, style: `mso-list:${list}` } }
    return { tagName: 'p', attribs: hidden.test(style) ? { style } : attribs }
  },
}

const hidden = /display\s*:\s*none/i

function tagOfSpan(style: string): string {
  if (/vertical-align\s*:\s*super/i.test(style)) return 'sup'
  return /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style) ? 'strong' : 'span'
}

function link({ href, ...attribs }: sanitize.Attributes, base?: string | null): sanitize.Tag {
  const isWithinPage = href?.startsWith('#')
  const target = isWithinPage ? href : canonicalItemUrl(href ?? '', base, true)
  return { tagName: 'a', attribs: target ? { ...attribs, href: target } : attribs }
}

const blocks = ['p', 'div', 'section', 'article', 'blockquote', 'pre', 'hr', 'br', 'ul', 'ol', 'li', 'dl', 'dt', 'dd']
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const tables = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td']
const inline = ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'span', 'abbr']
const quoting = ['cite', 'q', 'code', 'kbd', 'time', 'figure', 'figcaption', 'aside', 'header', 'footer', 'bdi', 'bdo']

const rules: sanitize.IOptions = {
  allowedTags: [...blocks, ...headings, ...tables, ...inline, ...quoting],
  allowedAttributes: {
    '*': ['id', 'class', 'role', 'lang', 'dir', 'hidden'],
    p: ['style'],
    a: ['href', 'name', 'title'],
    abbr: ['title'],
    ol: ['start', 'type', 'reversed'],
    li: ['value'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  nonTextTags: 'script style xmp textarea option noscript svg math button title'.split(' '),
  exclusiveFilter: ({ attribs }) => 'hidden' in attribs,
  enforceHtmlBoundary: false,
  nestingLimit: 200,
  parseStyleAttributes: false,
}
