import { cutAtGrapheme } from './graphemes.ts'

/**
 * Text of a feed as one line of a mail. White space becomes one space. Characters that end a line, are invisible or
 * change the direction of text are removed.
 */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(invisible, ' ').replace(/\s+/g, ' ').trim()
}

/** At most `max` characters as one line. A longer text ends with an ellipsis, between two words where possible and never within a sign of several characters. */
export function shorten(text: string, max: number): string {
  const line = oneLine(text)
  if (line.length <= max) return line
  const space = line.lastIndexOf(' ', max - 1)
  const cut = cutAtGrapheme(line, space > max / 2 ? space : max - 1)
  return `${cut.replace(/[\s,;:.–—-]+$/, '')}…`
}

/** Control characters, and the Unicode characters that change the direction of text (UAX 9). */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/g
