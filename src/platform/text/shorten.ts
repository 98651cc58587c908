/**
 * A stranger's words made fit for one line of a mail: white space is one space, and nothing that can end a line,
 * hide, or turn the direction of the words around it is left.
 */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(unseen, ' ').replace(/\s+/g, ' ').trim()
}

/** At most `max` characters of one line, cut between words where there is a place to cut, with an ellipsis. */
export function shorten(text: string, max: number): string {
  const line = oneLine(text)
  if (line.length <= max) return line
  const room = line.slice(0, max - 1)
  const space = line.lastIndexOf(' ', max - 1)
  const cut = space > max / 2 ? room.slice(0, space) : room.replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/[\s,;:.–—-]+$/, '')}…`
}

/** Control characters, and the marks of Unicode that reorder a line (UAX 9). */
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/g
