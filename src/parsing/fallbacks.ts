import { htmlToText } from '../platform/text/html-to-text.ts'

/**
 * Opens what hides words. Sentences within frames and players become text, unless they speak of the browser. Elements whose
 * end is missing hide nothing that follows. A button that is a heading becomes text.
 */
export function openFallbacks(html: string): string {
  if (!hidesWords.test(html)) return html
  const opened = closeComment(html)
    .replace(emptyElement, ' ')
    .replace(shortFallback, (written, _name, inside: string) => (isFurniture(inside) ? ' ' : written))
    .replace(frame, (_written, slash: string, selfClosed?: string) => (selfClosed ? ' ' : `<${slash}div>`))
    .replace(headingButton, '$1$2')
  return withoutOpenRawText(opened)
}

const hidesWords =
  /<(?:iframe|object|noscript|noembed|noframes|video|audio|canvas|script|style|textarea|title|xmp|button|!--)/i

/** `<iframe src="..." />` of XHTML, which HTML takes for a start without an end. */
const emptyElement =
  /<(?:script|style|textarea|title|xmp|button|option|select|iframe|object|video|audio|canvas)\b[^<>]{0,2000}\/>/gi

const frames = 'iframe|object|noscript|noembed|noframes|video|audio|canvas'
const shortFallback = new RegExp(`<(${frames})\\b[^<>]{0,2000}>([\\s\\S]{0,1000}?)</\\1\\s*>`, 'gi')
const frame = new RegExp(`<(/?)(?:${frames})\\b[^<>]{0,2000}?(/)?>`, 'gi')

/** Whether the words within a frame are no part of a report: a few words such as "Loading", or advice on browsers. */
function isFurniture(html: string): boolean {
  const text = htmlToText(html)
  return text.trim().split(/\s+/).length < minWords || speaksOfBrowser.test(text)
}

const minWords = 5
const speaksOfBrowser = /\b(?:browser|java-?script|plug-?in|flash|iframes?|html ?5|navigateur|navegador)\b|браузер/iu

/** In folding sections the heading is a button. */
const headingButton =
  /(<(?:h[1-6]|summary|dt)(?:\s[^<>]{0,2000})?>\s{0,100})<button\b[^<>]{0,2000}>([^<]{0,500})<\/button>/gi

/** Removes the start of a text field, a title or a linked script that nothing ends: a parser would drop all the rest. */
function withoutOpenRawText(html: string): string {
  const ends = new Map<string, number>()
  const lastEnd = (name: string) => {
    const known = ends.get(name) ?? html.toLowerCase().lastIndexOf(`</${name}`)
    ends.set(name, known)
    return known
  }
  return html.replace(rawText, (written, name: string, offset: number) =>
    offset < lastEnd(name.toLowerCase()) ? written : ' ',
  )
}

const rawText = /<(textarea|title|xmp|script(?=[^<>]{0,2000}\ssrc\s*=))\b[^<>]{0,2000}>/gi

/** A comment without an end hides all that follows: its start is left out. */
function closeComment(html: string): string {
  const start = html.lastIndexOf('<!--')
  if (start < 0 || html.indexOf('-->', start) >= 0) return html
  return `${html.slice(0, start)} ${html.slice(start + 4)}`
}
