import { htmlToText } from '../platform/text/html-to-text.ts'

/** HTML as its publisher meant it. No word is lost to a CDATA marker, a double escape, a reference or a bracket. */
export const repairHtml = (html: string): string =>
  escapeWords(escapeLooseReferences(escapeDeclarations(withoutDoubleEscapes(withoutCdata(html)))))

/** The same for one line: of its tags only those of formatting stay, since other tags are words there. */
export function repairLine(line: string): string {
  const text = openComment(withoutScripts(withoutDoubleEscapes(unwrapCdata(line)))).replaceAll('<![', '&lt;![')
  return escapeLooseReferences(escapeDeclarations(text)).replace(tag, (written, name: string) =>
    formatting.has(name.toLowerCase()) || isForeign(name) ? written : escapeFirst(written),
  )
}

/** A line without the scripts and styles that it holds; their names alone are words. */
export const withoutScripts = (line: string): string =>
  line.replace(/<(script|style)\b[^<>]{0,2000}>[\s\S]{0,2000}?<\/\1\s*>/gi, '')

/** A comment without an end hides no words of a line. */
function openComment(line: string): string {
  const start = line.lastIndexOf('<!--')
  if (start < 0 || line.indexOf('-->', start) >= 0) return line
  return line.slice(0, start) + line.slice(start).replace(/^<!--[^<>]{0,500}>?/, '')
}

/** "<!" that begins no declaration and no comment is text, which a parser would drop up to the next bracket. */
const escapeDeclarations = (html: string) => html.replace(/<!(?!--|\[|doctype\s[^<>]{0,500}>)/gi, '&lt;!')

/** The text of a field without the CDATA markers that enclose it, where these were escaped as if they were text. */
export const unwrapCdata = (text: string): string => (/^\s*<!\[CDATA\[/.test(text) ? withoutCdata(text).trim() : text)

/** HTML knows no CDATA sections and would hide what they hold. Only an end that belongs to a start is a marker. */
export function withoutCdata(html: string): string {
  if (!html.includes('<![CDATA[')) return html
  let open = 0
  return html.replace(/<!\[CDATA\[|\]\](?:>|&gt;)/g, (marker) => {
    if (marker.startsWith('<')) open++
    else if (open === 0) return marker
    else open--
    return ''
  })
}

/** HTML whose only markup is escaped once more than it should be is unescaped, and so are references. */
function withoutDoubleEscapes(html: string): string {
  if (!html.includes('&')) return html
  const isEscaped = !html.includes('<') && html.includes('&lt;') && readsAsHtml(html)
  const once = isEscaped ? withoutCdata(htmlToText(html)) : html
  return /<(?:code|pre|kbd)[\s>]/i.test(once) ? once : once.replace(escapedReference, '&')
}

/** The ampersand of a reference that was escaped: "&amp;rsquo;". Escaped brackets may be words and stay as they are. */
const escapedReference = /&amp;(?=(?:#\d{2,6}|#x[\da-f]{2,5}|(?!lt;|gt;)[a-z]{2,8}\d{0,2});)/gi

const escapedPair =
  /&lt;(p|div|ul|ol|li|h[1-6]|table|blockquote|section|article|a|b|strong|em|i|u|span|font)(\s(?:(?!&[lg]t;)[^>]){0,500})?(?:&gt;|>)((?:(?!&lt;)[\s\S]){0,5000})&lt;(?:\/\1|(?:p|br|ul|ol|li|strong|b|em|i|a|span|img)\b(?:(?!&[lg]t;)[^>]){0,500})(?:&gt;|>)/gi
const escapedBreak = /(?:[.!?…:;,»”"')]\s{0,3}|&lt;br ?\/?(?:&gt;|>)\s{0,3})&lt;br ?\/?(?:&gt;|>)|^\s*&lt;!\[CDATA\[/i

/**
 * Whether escaped tags enclose words, as markup does. A text that mentions a tag has it alone: "close it with </li>". A block
 * around one or two words that are no sentence, as the whole text, is an example.
 */
function readsAsHtml(html: string): boolean {
  if (isExample.test(html)) return false
  if (escapedBreak.test(html)) return true
  for (const [, , attributes, words = ''] of html.matchAll(escapedPair)) {
    if (attributes || (/[\p{L}\p{N}]/u.test(words) && !/^\s*(?:and|or|und|et|y|и|і|та)\s*$/iu.test(words))) return true
  }
  return false
}

const isExample =
  /^\s*&lt;(p|div|section|article|blockquote|h[1-6])(?:&gt;|>)\s*[\p{L}\p{N}]+(?:\s[\p{L}\p{N}]+)?\s*&lt;\/\1(?:&gt;|>)\s*$/u

/** A reference without a semicolon counts only if the whole word is one: "&copy" does, "&copy=2" and "&sectors" do not. */
function escapeLooseReferences(html: string): string {
  return html.replace(/&([a-z][a-z\d]{1,60})(?![a-z\d;])(=?)/gi, (written, name: string, equals: string) =>
    equals || htmlToText(`&${name}`).length > 1 ? `&amp;${written.slice(1)}` : written,
  )
}

const tag = /<\/?([a-z][^\s<>/]*)(?:[\s/][^<>]*)?>/gi
const lineBreaks = 'p br hr div center blockquote ul ol li h1 h2 h3 h4 h5 h6'
const formatting = new Set(
  `${lineBreaks} a abbr acronym b big cite code del dfn em font i img ins mark nobr q s small span strike strong style sub sup time tt u var wbr`.split(
    ' ',
  ),
)

/** Whether a name belongs to another namespace or is a component: `o:p`, `st1:place`, `my-card`. */
const isForeign = (name: string) => /^[a-z][\w.]*[:-][\w.-]+$/i.test(name)
const escapeFirst = (written: string) => `&lt;${written.slice(1)}`

/** Escapes what stands in angle brackets and is no tag: addresses, and words that no other tag closes. */
function escapeWords(html: string): string {
  let closed: Set<string> | undefined
  return html.replace(wordInBrackets, (written, word: string) => {
    const name = word.toLowerCase()
    if (isTag(name)) return written
    closed ??= new Set([...html.matchAll(/<\/([a-z][^\s<>/]*)/gi)].map(([, closing = '']) => closing.toLowerCase()))
    return closed.has(name) ? written : escapeFirst(written)
  })
}

/** Angle brackets around one word or an address, without attributes. */
const wordInBrackets = /<([a-z][^\s<>/"'=]*)(?:\/\/[^\s<>"']*)?>/gi
const isTag = (name: string) => elements.has(name) || (isForeign(name) && !/^(?:https?|mailto|ftp):|@/.test(name))

/** The elements of HTML, SVG and MathML that stand in texts without attributes. */
const elements = new Set(
  `${[...formatting].join(' ')} address applet area article aside audio base basefont bdi bdo body button canvas caption col colgroup data datalist dd details dialog dir dl dt embed fieldset figcaption figure footer form frame frameset head header hgroup html iframe input kbd label legend link listing main map marquee math menu meta meter nav noembed noframes noscript object optgroup option output param picture plaintext pre progress rb rp rt ruby samp script search section select slot source summary svg table tbody td template textarea tfoot th thead title tr track video xmp g path text tspan defs desc`.split(
    ' ',
  ),
)
