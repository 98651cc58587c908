const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** A family, a flag of a region or a letter with marks is seldom longer; a longer one is cut. */
const longest = 64

/**
 * The first `max` characters of a text without half of what people see as one sign (UAX 29), such as a family of emoji, a flag
 * or a letter with its accents. At most `longest` characters are left out for that.
 */
export function cutAtGrapheme(text: string, max: number): string {
  if (text.length <= max) return text
  const from = Math.max(0, max - longest)
  const window = text.slice(from, max + longest)
  const begins = Array.from(graphemes.segment(window), ({ index }) => from + index)
  const end = begins.findLast((begin) => begin <= max) ?? max
  const isFound = from === 0 || end > from // else the window begins within a sign that is longer than any
  return isFound ? text.slice(0, end) : text.slice(0, max).replace(/[\ud800-\udbff]$/, '')
}
