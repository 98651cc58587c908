import { BoundedParser } from '../platform/text/bounded-parser.ts'
import { boundedLine, htmlToText } from '../platform/text/html-to-text.ts'
import { type FeedLink, feedLinkFinder } from './feed-links.ts'

/**
 * What a web page tells of feeds and of itself: its title or first words, the feeds that it links to, the address to which it sends its reader
 * (`refresh`), and whether it asks for a password.
 */
export type PageFacts = { title: string; feeds: FeedLink[]; refresh: string | null; asksLogin: boolean }

export function pageFacts(html: string, pageUrl: string): PageFacts {
  const page = { title: '', refresh: null as string | null, asksLogin: false }
  const links = feedLinkFinder(pageUrl)
  let inTitle = false
  const parser = new BoundedParser({
    onopentag(name, attributes) {
      links.open(name, attributes)
      inTitle = name === 'title' && !page.title
      if (name === 'input' && /^password$/i.test(attributes.type ?? '')) page.asksLogin = true
      if (name === 'meta' && /^refresh$/i.test(attributes['http-equiv'] ?? ''))
        page.refresh ??= refreshTarget(attributes.content ?? '', pageUrl)
    },
    ontext(text) {
      if (inTitle && page.title.length < maxTitle) page.title += text
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
    },
  })
  parser.end(html.slice(0, maxPage))
  const title = page.title.trim() || firstWords(html)
  return { ...page, title: boundedLine(title, maxTitle), feeds: links.found() }
}

/** The words of a page without a title: it may be a mere heading. */
const firstWords = (html: string) =>
  htmlToText(html.slice(0, 2000).replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' '))

const maxPage = 500_000
const maxTitle = 100

/** The address in `0; url=/feed.xml` (HTML, section 4.2.5.3), unless the page leads to itself. */
function refreshTarget(content: string, pageUrl: string): string | null {
  const written = /^[\s\d.]*[;,]\s*(?:url\s*=\s*)?["']?([^"'\s]{1,2000})/i.exec(content)?.[1]
  const url = written ? URL.parse(written, pageUrl) : null
  return url && /^https?:$/.test(url.protocol) && url.href !== pageUrl ? url.href : null
}
