import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { decodeFeed } from './encodings/decode.ts'
import { sanitiseHtml } from './sanitise.ts'

/** What is asked of a page: its bytes, what the server called them, and where it was found. */
export type PageTask = { body: Uint8Array; contentType?: string | undefined; url: string }

/** A page with more elements than this is no article. */
const mostElements = 50_000

/** The article of a full page as sanitised HTML, without the site around it; null where there is none to be told apart. */
export function articleIn({ body, contentType, url }: PageTask): string | null {
  const { document } = parseHTML(decodeFeed(body, contentType).text)
  const article = new Readability(document, { maxElemsToParse: mostElements, keepClasses: true }).parse()
  return article?.content ? sanitiseHtml(article.content, url) : null
}
