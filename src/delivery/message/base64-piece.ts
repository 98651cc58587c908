/**
 * Base64 (RFC 2045 6.8) of a text in pieces: three bytes make four letters, so where a piece ends within a group, its
 * last bytes are carried to the next. A fixed piece is encoded once for each number of bytes (0 to 2) that it may be
 * asked to hand to the piece before it.
 */
export type Base64Piece = {
  /** The first bytes of the piece, as many as complete a group begun before it. */
  head: Buffer
  /** Whole groups in lines, ready for the wire. */
  lines: Buffer
  /** What is left: 0 to 2 bytes that begin the next group. */
  tail: Buffer
}

/** A fixed piece that follows `carried` bytes of an unfinished group. */
export function base64Piece(bytes: Buffer, carried: number): Base64Piece {
  const headLength = Math.min((3 - carried) % 3, bytes.length)
  const whole = headLength + Math.floor((bytes.length - headLength) / 3) * 3
  return {
    head: bytes.subarray(0, headLength),
    lines: Buffer.from(base64Lines(bytes.subarray(headLength, whole)), 'latin1'),
    tail: bytes.subarray(whole),
  }
}

/** Lines of at most 76 letters, each with its end. */
export function base64Lines(bytes: Buffer): string {
  const letters = bytes.toString('base64')
  let lines = ''
  for (let at = 0; at < letters.length; at += 76) lines += `${letters.slice(at, at + 76)}\r\n`
  return lines
}
