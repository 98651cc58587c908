/**
 * Quoted-printable (RFC 2045 6.7) of a text that begins at the start of a line. Lines hold at most 76 characters, and
 * no line begins with a full stop, so SMTP needs no dot stuffing (RFC 5321 4.5.2).
 */
export function quotedPrintable(text: string): string {
  if (plainWord.test(text)) return text
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => wrap(encodeLine(line)))
    .join('\r\n')
}

/** Separates two pieces of one line, so that the second piece begins at the start of an encoded line. */
export const softBreak = '=\r\n'

/** One less than RFC 2045 allows, because any line may have to end in a soft break. */
const maxLineLength = 75
/** Most links and addresses: nothing to encode, and short enough for one line. */
const plainWord = /^[!-\-/-<>-~][!-<>-~]{0,74}$/
const unsafe = /[^\t -<>-~]/gu

function encodeLine(line: string): string {
  return line.replace(unsafe, (character) => encodeBytes(character)).replace(/[\t ]$/, (space) => encodeBytes(space))
}

/** Every byte as an equals sign and two hexadecimal digits. */
const encodeBytes = (text: string): string => Buffer.from(text).toString('hex').toUpperCase().replace(/../g, '=$&')

/** Wraps a line with soft breaks, never within the three characters of an encoded byte. */
function wrap(line: string): string {
  const lines: string[] = []
  let rest = withoutFirstStop(line)
  while (rest.length > maxLineLength) {
    const end = endOfLine(rest)
    lines.push(rest.slice(0, end))
    rest = withoutFirstStop(rest.slice(end))
  }
  lines.push(rest)
  return lines.join(softBreak)
}

function endOfLine(line: string): number {
  if (line[maxLineLength - 1] === '=') return maxLineLength - 1
  return line[maxLineLength - 2] === '=' ? maxLineLength - 2 : maxLineLength
}

const withoutFirstStop = (line: string): string => (line.startsWith('.') ? `=2E${line.slice(1)}` : line)

/**
 * A piece of a text in base64 (RFC 2045 6.8). Three bytes make a group of four characters, so a piece may begin within
 * a group of the piece before it, and its last bytes may begin a group that the next piece completes.
 */
export type Base64Piece = {
  /** The first bytes of the piece, which complete the group of the piece before it. */
  head: Buffer
  /** Whole groups in lines, ready to send. */
  lines: Buffer
  /** The last 0 to 2 bytes, which begin the next group. */
  tail: Buffer
}

/** Encodes a piece that follows `carried` bytes of an unfinished group. */
export function base64Piece(bytes: Buffer, carried: number): Base64Piece {
  const headLength = Math.min((3 - carried) % 3, bytes.length)
  const whole = headLength + Math.floor((bytes.length - headLength) / 3) * 3
  return {
    head: bytes.subarray(0, headLength),
    lines: Buffer.from(base64Lines(bytes.subarray(headLength, whole)), 'latin1'),
    tail: bytes.subarray(whole),
  }
}

/** Lines of at most 76 characters, each with its line end. */
export function base64Lines(bytes: Buffer): string {
  const encoded = bytes.toString('base64')
  let lines = ''
  for (let at = 0; at < encoded.length; at += 76) lines += `${encoded.slice(at, at + 76)}\r\n`
  return lines
}
