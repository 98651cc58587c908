import { getAttributeValue, getElementsByTagName, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
import { oneLine } from '../../src/platform/text/shorten.ts'

/** The targets of all links of a mail's HTML, entities decoded, each once. */
export function linksOfHtml(html: string): string[] {
  const links = getElementsByTagName('a', parseDocument(html)).map((a) => getAttributeValue(a, 'href') ?? '')
  return [...new Set(links)]
}

/** The addresses and placeholders of a text part, each once. */
export function linksOfText(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/\S+|@@(?!address)\w+@@(?:\?\S+)?/g) ?? [])]
}

/** What a reader of the HTML sees, as one line. */
export function wordsOfHtml(html: string): string {
  const [body] = getElementsByTagName('body', parseDocument(html))
  return oneLine(textContent(body!))
}

/** What a reader of the text sees, as one line without the `>` of quotes. */
export function wordsOfText(text: string): string {
  return oneLine(text.replace(/^ *> /gm, ' '))
}

/** Everything that opening the mail could fetch: pictures, styles, fonts, frames, scripts. */
export function fetchedBy(html: string): string[] {
  const document = parseDocument(html)
  const sources = ['img', 'iframe', 'script', 'link', 'video', 'object', 'embed'].flatMap((name) =>
    getElementsByTagName(name, document).map((element) => `${name} ${JSON.stringify(element.attribs)}`),
  )
  return [...sources, ...(html.match(/url\([^)]*\)|@import[^;]*|background="[^"]*"/g) ?? [])]
}
