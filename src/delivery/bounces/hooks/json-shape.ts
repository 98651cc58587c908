/** More than any report of a provider has: the SES event of a mail with 50 recipients has some 400 values. */
const maxValues = 20_000
const maxDepth = 32

/**
 * Whether a text may be parsed as the JSON object of a report: it begins as an object, and what it would become in memory is
 * bounded. A megabyte of brackets or commas becomes many times as much. The text need not be valid JSON.
 */
export function isBoundedObject(text: string): boolean {
  if (!/^\s{0,100}\{/.test(text)) return false
  let [values, depth] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === comma) values++
    else if (code === openBrace || code === openBracket) {
      values++
      depth++
    } else if (code === closeBrace || code === closeBracket) depth--
    if (depth > maxDepth || values > maxValues) return false
  }
  return true
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/** The place of the quote that ends the string which begins at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at++
    else if (code === quote) return at
  }
  return text.length
}
