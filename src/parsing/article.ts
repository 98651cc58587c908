import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { storable } from '../platform/text/storable.ts'
import { decodeFeed } from './encodings/decode.ts'
import { sanitiseHtml } from './sanitise.ts'

/** A web page: its bytes, their HTTP Content-Type and their address. */
export type PageTask = { body: Uint8Array; contentType?: string | undefined; url: string }

/** A page with more elements than this is not searched for an article. */
const maxElements = 50_000

/** The article of a page as sanitised HTML, without the site around it; null where no article is found. */
export async function articleIn({ body, contentType, url }: PageTask): Promise<string | null> {
  const { document } = parseHTML((await decodeFeed(body, contentType)).text)
  const article = new Readability(document, { maxElemsToParse: maxElements, keepClasses: true }).parse()
  return article?.content ? storable(sanitiseHtml(article.content, url)) : null
}
