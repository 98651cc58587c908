import sanitize from 'sanitize-html'
import { allowedTags, nonTextTags, renamedTags } from '../../src/parsing/allowed-markup.ts'
import { canonicalItemUrl } from '../../src/parsing/canonical-url.ts'

/** What sanitize-html makes of HTML by the same lists: the measure for our own writer. */
export function sanitiseByLibrary(html: string, base: string): string {
  return sanitize(html, { ...rules, transformTags: { ...transforms, a: (_tag, attribs) => link(attribs, base) } })
}

const hidden = /display\s*:\s*none/i

const transforms: NonNullable<sanitize.IOptions['transformTags']> = {
  ...Object.fromEntries(renamedTags),
  '*': (tagName, attribs) => ({ tagName, attribs: hidden.test(attribs.style ?? '') ? { hidden: 'hidden' } : attribs }),
  span: (_tag, attribs) => ({ tagName: tagOfSpan(attribs.style ?? ''), attribs }),
  p: (_tag, { style = '', ...attribs }) => {
    const list = style.match(/mso-list\s*:\s*(l\d+\s+level\d)/i)?.[1]
    if (list) return { tagName: 'p', attribs: { ...attribs, style: `mso-list:${list}` } }
    return { tagName: 'p', attribs: hidden.test(style) ? { style } : attribs }
  },
}

function tagOfSpan(style: string): string {
  if (/vertical-align\s*:\s*super/i.test(style)) return 'sup'
  return /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style) ? 'strong' : 'span'
}

function link({ href, ...attribs }: sanitize.Attributes, base: string): sanitize.Tag {
  const target = href?.startsWith('#') ? href : canonicalItemUrl(href ?? '', base, true)
  return { tagName: 'a', attribs: target ? { ...attribs, href: target } : attribs }
}

const rules: sanitize.IOptions = {
  allowedTags: [...allowedTags],
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
  nonTextTags: [...nonTextTags],
  exclusiveFilter: ({ attribs }) => 'hidden' in attribs,
  enforceHtmlBoundary: false,
  nestingLimit: 200,
  parseStyleAttributes: false,
}
