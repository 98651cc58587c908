/**
 * Quoted-printable (RFC 2045 6.7) of a text that begins at the start of a line. Lines hold at most 76 characters, and
 * none begins with a full stop, so that nothing has to be stuffed for SMTP (RFC 5321 4.5.2).
 */
export function quotedPrintable(text: string): string {
  if (plainWord.test(text)) return text
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => wrap(encodeLine(line)))
    .join('\r\n')
}

/** What separates two pieces of one line, so that each begins at the start of a line of the encoding. */
export const softBreak = '=\r\n'

/** One less than RFC 2045 allows: any line may have to end in a soft break. */
const limit = 75
/** Most links and addresses: nothing to encode and no need to wrap. */
const plainWord = /^[!-\-/-<>-~][!-<>-~]{0,74}$/
const unsafe = /[^\t -<>-~]/gu
const hex = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

function encodeLine(line: string): string {
  const encoded = line.replace(unsafe, (letter) => Array.from(Buffer.from(letter), (byte) => hex[byte]!).join(''))
  return encoded.replace(/[\t ]$/, (space) => hex[space.charCodeAt(0)]!)
}

/** Breaks softly, never within the three characters of an encoded byte. */
function wrap(line: string): string {
  const lines: string[] = []
  let rest = stopless(line)
  while (rest.length > limit) {
    const end = endOf(rest)
    lines.push(rest.slice(0, end))
    rest = stopless(rest.slice(end))
  }
  lines.push(rest)
  return lines.join(softBreak)
}

function endOf(line: string): number {
  if (line[limit - 1] === '=') return limit - 1
  return line[limit - 2] === '=' ? limit - 2 : limit
}

const stopless = (line: string): string => (line.startsWith('.') ? `=2E${line.slice(1)}` : line)
