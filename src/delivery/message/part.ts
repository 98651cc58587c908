import { type Placeholder, splitAtPlaceholders, stripPlaceholders } from '../../editions/mail/placeholders.ts'
import { escapeHtml } from '../../platform/text/escape-html.ts'
import { type Base64Piece, base64Lines, base64Piece, quotedPrintable, softBreak } from './transfer-encoding.ts'

export type PartKind = 'text' | 'html'

/** A body part whose shared text is encoded once. `encode` gives one reader's part in pieces, in order. */
export type EncodedPart = {
  encoding: 'quoted-printable' | 'base64'
  encode(textFor: PlaceholderText): MessagePiece[]
}

/** A piece of a message, ready to send; a string holds ASCII only. */
export type MessagePiece = Buffer | string

/** Gives the text that one reader gets in a placeholder. */
export type PlaceholderText = (placeholder: Placeholder) => string

/** Encodes the text that all readers share, once, in the encoding that makes it shorter. */
export function encodePart(body: string, kind: PartKind): EncodedPart {
  const pieces = splitAtPlaceholders(body)
  const bytes = Buffer.byteLength(body)
  const nonAscii = bytes - (body.match(/[\0-\x7f]/g)?.length ?? 0)
  // Quoted-printable adds two characters for each byte beyond ASCII, base64 a third of a character for every byte.
  if (nonAscii * 2 > bytes * 0.37) return { encoding: 'base64', encode: inBase64(pieces, kind) }
  return { encoding: 'quoted-printable', encode: inQuotedPrintable(pieces, kind) }
}

type BodyPieces = ReturnType<typeof splitAtPlaceholders>

/** Each piece begins at the start of a line: a soft break goes before it, unless the line had ended already. */
function inQuotedPrintable(pieces: BodyPieces, kind: PartKind): EncodedPart['encode'] {
  const encoded = pieces.map((piece, n) => {
    const isLast = n === pieces.length - 1
    if (typeof piece !== 'string') return { placeholder: piece.placeholder, end: isLast ? '\r\n' : softBreak }
    const end = isLast ? '\r\n' : /[\r\n]$/.test(piece) ? '' : softBreak
    return Buffer.from(quotedPrintable(piece) + end, 'latin1')
  })
  return (textFor) =>
    encoded.map((piece) => {
      if (Buffer.isBuffer(piece)) return piece
      return quotedPrintable(safeValue(textFor, piece.placeholder, kind)) + piece.end
    })
}

/** The bytes of an unfinished group are carried from piece to piece; what ends the body completes the last group. */
function inBase64(pieces: BodyPieces, kind: PartKind): EncodedPart['encode'] {
  const encoded = pieces.map((piece) =>
    typeof piece === 'string' ? base64AtAnyOffset(crlf(piece)) : piece.placeholder,
  )
  return (textFor) => {
    const message: MessagePiece[] = []
    let carried: Buffer = Buffer.alloc(0)
    for (const piece of encoded) {
      if (typeof piece === 'string') {
        carried = Buffer.concat([carried, Buffer.from(crlf(safeValue(textFor, piece, kind)))])
        continue
      }
      const { head, lines, tail } = piece(carried.length)
      carried = Buffer.concat([carried, head])
      if (lines.length) {
        message.push(base64Lines(carried), lines)
        carried = tail
      } else carried = Buffer.concat([carried, tail])
    }
    message.push(base64Lines(carried))
    return message
  }
}

/** Encodes a shared piece once for each number of bytes, 0 to 2, that the group before it may have. */
function base64AtAnyOffset(text: string): (carried: number) => Base64Piece {
  const bytes = Buffer.from(text)
  const whole = base64Piece(bytes, 0)
  const afterOne = base64Piece(bytes, 1)
  const afterTwo = base64Piece(bytes, 2)
  return (carried) => {
    if (carried % 3 === 0) return whole
    return carried % 3 === 1 ? afterOne : afterTwo
  }
}

/** A body's lines end with CRLF before they are encoded (RFC 2045 6.8). */
const crlf = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n')

function safeValue(textFor: PlaceholderText, placeholder: Placeholder, kind: PartKind): string {
  const value = stripPlaceholders(textFor(placeholder))
  return kind === 'html' && special.test(value) ? escapeHtml(value) : value
}

const special = /[&<>"']/
