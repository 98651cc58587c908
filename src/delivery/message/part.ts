import { type Placeholder, splitAtPlaceholders, stripPlaceholders } from '../../editions/mail/placeholders.ts'
import { escapeHtml } from '../../platform/text/escape-html.ts'
import { type Base64Piece, base64Lines, base64Piece } from './base64-piece.ts'
import { quotedPrintable, softBreak } from './quoted-printable.ts'

export type PartKind = 'text' | 'html'

/** A body part that is encoded but for its slots. `encode` gives the bytes of one reader, in order. */
export type EncodedPart = {
  encoding: 'quoted-printable' | 'base64'
  slots: Placeholder[]
  encode(values: Values): MessagePiece[]
}
export type MessagePiece = Buffer | string
/** What stands in a slot for one reader; all of a part's slots must have one. */
export type Values = (slot: Placeholder) => string

/** Encodes what all readers share, once, in the encoding that makes it shorter. */
export function encodePart(body: string, kind: PartKind): EncodedPart {
  const pieces = splitAtPlaceholders(body)
  const slots = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.placeholder]))
  const bytes = Buffer.byteLength(body)
  const foreign = bytes - (body.match(/[\0-\x7f]/g)?.length ?? 0)
  // Each foreign byte takes two more letters in one, and every byte a third of a letter more in the other.
  if (foreign * 2 > bytes * 0.37) return { encoding: 'base64', slots, encode: inBase64(pieces, kind) }
  return { encoding: 'quoted-printable', slots, encode: inQuotedPrintable(pieces, kind) }
}

type Pieces = ReturnType<typeof splitAtPlaceholders>

/** Each piece begins at the start of a line: a soft break before it, unless the line had ended anyway. */
function inQuotedPrintable(pieces: Pieces, kind: PartKind): EncodedPart['encode'] {
  const fixed = pieces.map((piece, n): MessagePiece | { placeholder: Placeholder } => {
    const last = n === pieces.length - 1
    if (typeof piece !== 'string') return piece
    const open = !last && !/[\r\n]$/.test(piece)
    return Buffer.from(quotedPrintable(piece) + (last ? '\r\n' : open ? softBreak : ''), 'latin1')
  })
  return (values) =>
    fixed.map((piece, n) => {
      if (typeof piece === 'string' || Buffer.isBuffer(piece)) return piece
      return quotedPrintable(filling(values, piece.placeholder, kind)) + (n === fixed.length - 1 ? '\r\n' : softBreak)
    })
}

function inBase64(pieces: Pieces, kind: PartKind): EncodedPart['encode'] {
  const fixed = pieces.map((piece) => (typeof piece === 'string' ? phases(Buffer.from(crlf(piece))) : piece))
  return (values) => {
    const out: MessagePiece[] = []
    let carried: Buffer = Buffer.alloc(0)
    for (const piece of fixed) {
      if (!Array.isArray(piece)) {
        carried = Buffer.concat([carried, Buffer.from(crlf(filling(values, piece.placeholder, kind)))])
        continue
      }
      const { head, lines, tail } = piece[carried.length % 3]!
      carried = Buffer.concat([carried, head])
      if (lines.length) {
        out.push(base64Lines(carried), lines)
        carried = tail
      } else carried = Buffer.concat([carried, tail])
    }
    out.push(base64Lines(carried))
    return out
  }
}

const phases = (bytes: Buffer): Base64Piece[] => [0, 1, 2].map((carried) => base64Piece(bytes, carried))

/** A body's lines end as RFC 2045 6.8 asks before they are encoded. */
const crlf = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n')

function filling(values: Values, slot: Placeholder, kind: PartKind): string {
  const value = stripPlaceholders(values(slot))
  return kind === 'html' && special.test(value) ? escapeHtml(value) : value
}

const special = /[&<>"']/
