import sanitize from 'sanitize-html'
import { withoutTags } from '../platform/text/html-to-text.ts'
import { canonicalItemUrl } from './canonical-url.ts'
import { openFallbacks } from './fallbacks.ts'
import { withoutLayoutTables } from './layout-tables.ts'

/**
 * Keeps only the markup of prose. Scripts, styles, forms, frames and images (so tracking pixels too) are removed, and
 * all attributes but those of footnotes, tables and what reading needs. Links are resolved against `base` and stay when
 * they lead to http, https or mailto; their click parameters are removed.
 */
export function sanitiseHtml(html: string, base?: string | null): string {
  const opened = openFallbacks(html)
  const clean = withoutLayoutTables(sanitised(opened, base))
  if (!mayHide.test(opened)) return clean
  const whole = withoutLayoutTables(sanitised(opened, base, { keepHidden: true }))
  return textLength(whole) - textLength(clean) > Math.max(textLength(clean), maxHidden) ? whole : clean
}

/** The same, but null where no words are left. */
export function cleanHtml(html: string, base?: string | null): string | null {
  const clean = sanitiseHtml(html, base)
  return isBlank.test(clean) ? null : clean
}

/** Markup and white space alone, also of zero width. */
const isBlank = /^(?:<[^<>]*>|[\s\u00AD\u200B-\u200F\u2060]|\u034F)*$/

/** Hidden parts are dropped, such as a preview text; but not a whole report that a page would unfold. */
const maxHidden = 500
const mayHide = /display\s*:\s*none|\shidden[\s=>]/i
const textLength = (html: string) => withoutTags(html).length

function sanitised(html: string, base?: string | null, { keepHidden = false } = {}): string {
  const transformTags: sanitize.IOptions['transformTags'] = {
    ...kept,
    ...(keepHidden && { '*': unhidden }),
    a: (_tag, attribs) => link(attribs, base),
  }
  const clean = sanitize(html, { ...rules, transformTags }).trim()
  return hasNested('p', clean, blockTag) || hasNested('a', clean, linkTag)
    ? sanitize(clean, { ...rules, transformTags })
    : clean
}

/** A paragraph, or a block that ends one. */
const blockTag =
  /<(\/?)(p|div|section|article|blockquote|pre|hr|ul|ol|dl|table|figure|figcaption|aside|header|footer|h[1-6])[\s>]/g
const linkTag = /<(\/?)(a)[\s>]/g

/**
 * A removed element can leave a block inside a paragraph, or a link inside another; parsed once more, they stand side by
 * side. `tags` are those that may not begin within an element of this name.
 */
function hasNested(name: 'p' | 'a', html: string, tags: RegExp): boolean {
  let isOpen = false
  for (const [, slash, element] of html.matchAll(tags)) {
    const opens = slash === ''
    if (opens && isOpen) return true
    if (element === name) isOpen = opens
  }
  return false
}

const unhidden: sanitize.Transformer = (tagName, { hidden: _, ...attribs }) => ({ tagName, attribs })

/** Blocks that are no prose by themselves: as a plain block each stays apart from the words around it. */
const plainBlocks = 'address center details dialog fieldset form hgroup legend main nav search summary'.split(' ')

/**
 * Keeps blocks apart, and what only a style attribute says: hidden parts, bold headings, raised footnote marks, list
 * items of Word.
 */
const kept: NonNullable<sanitize.IOptions['transformTags']> = {
  ...Object.fromEntries(plainBlocks.map((name) => [name, 'div'])),
  dir: 'ul',
  menu: 'ul',
  listing: 'pre',
  strike: 's',
  acronym: 'abbr',
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
  nonTextTags: 'script style xmp textarea option svg math button title'.split(' '),
  exclusiveFilter: ({ attribs }) => 'hidden' in attribs,
  enforceHtmlBoundary: false,
  nestingLimit: 200,
  parseStyleAttributes: false,
}
