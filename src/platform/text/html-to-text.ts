import { textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'

/** The text of a piece of HTML, without its markup; character references become characters. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return html
  return textContent(parseDocument(html))
}

/** One line of text: a title, a name, a category. */
export function boundedLine(text: string, longest = 500): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= longest
    ? line
    : `${line
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`
}
