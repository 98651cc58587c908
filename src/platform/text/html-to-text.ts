import { textContent } from 'domutils'
import { markupTree } from './bounded-parser.ts'

/** The text of a piece of HTML: without its markup, with its character references as characters. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return html
  return textContent(markupTree(html))
}

/** HTML without its tags; its character references stay as they are written. */
export const withoutTags = (html: string): string => html.replace(/<[^<>]*>/g, '')

/** A title, a name or a category as one line of at most `max` characters. */
export function boundedLine(text: string, max = 500): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  const head = line.slice(0, max - 1).toWellFormed()
  return `${head.trimEnd()}…`
}
