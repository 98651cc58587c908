import { createHash } from 'node:crypto'
import MimeNode from 'nodemailer/lib/mime-node'
import { bodyHash, type DkimSigner } from './dkim.ts'
import { encodePart, type MessagePiece, type PlaceholderText } from './part.ts'
import { type Allocate, allocateFresh } from './reusable-buffer.ts'

/** The parts of a mail that all its readers share. Placeholders in `html` and `text` mark what is personal. */
export type MessageDraft = {
  /** Addresses as in the header: `Name <address>` or a bare address. */
  from: string
  replyTo?: string | undefined
  subject: string
  html: string
  text: string
  /** The value of List-Id (RFC 2919); null for mail to one reader, which belongs to no list. */
  listId: string | null
}

/** The parts of a mail that are one reader's own. */
export type Recipient = {
  to: string
  messageId: string
  /** The Message-IDs of earlier mails that this one replies to, the last one at the end (RFC 5322 3.6.4). */
  inReplyTo?: string[] | undefined
  date: Temporal.Instant
  /** The https address for one-click unsubscription (RFC 8058), where this kind of mail has one. */
  unsubscribe?: string | undefined
  /** Header lines that the relay removes; no DKIM signature covers them. */
  forRelay?: string[] | undefined
  /** Gives the text for each placeholder of the draft. */
  values: PlaceholderText
}

/** A mail that is composed and encoded (RFC 5322, MIME) except for its placeholders. */
export type MessageTemplate = {
  /**
   * The message for one reader, as SMTP transmits it: its last line is a full stop, and no other line begins with one.
   * `memory` allocates the message; without it, the message has memory of its own.
   */
  personalise(recipient: Recipient, memory?: Allocate): Promise<Buffer>
}

/** Encodes once what all readers share. With a signer, each message carries a DKIM signature over all its headers. */
export function createMessageTemplate(draft: MessageDraft, sign?: DkimSigner): MessageTemplate {
  const text = encodePart(draft.text, 'text')
  const html = encodePart(draft.html, 'html')
  const boundary = `=_${createHash('sha256').update(draft.text).update(draft.html).digest('hex').slice(0, 32)}`
  const sharedHeaders = headersOf(draft, boundary)
  const textHead = Buffer.from(partHead(boundary, 'text/plain', text.encoding))
  const htmlHead = Buffer.from(partHead(boundary, 'text/html', html.encoding))
  const end = Buffer.from(`--${boundary}--\r\n`)

  return {
    async personalise(recipient, memory = allocateFresh) {
      const body = [textHead, ...text.encode(recipient.values), htmlHead, ...html.encode(recipient.values), end]
      const signed = [...sharedHeaders, ...ownHeaders(recipient)]
      const headers = [...signed, ...(recipient.forRelay ?? [])]
      if (!sign) return join([headOf(headers), ...body, lastLine], memory)
      const bytes = join(body, allocateFresh)
      headers.unshift(await sign(signed, bodyHash(bytes)))
      return join([headOf(headers), bytes, lastLine], memory)
    },
  }
}

/** The address of a reader may have letters outside ASCII, which are sent as UTF-8 (RFC 6532). */
const headOf = (headers: string[]): Buffer => Buffer.from(`${headers.join('\r\n')}\r\n\r\n`)

const lastLine = Buffer.from('.\r\n')

/** nodemailer encodes and folds names and subjects. The headers that it adds by itself are left out. */
function headersOf(draft: MessageDraft, boundary: string): string[] {
  const node = new MimeNode('multipart/alternative', { disableFileAccess: true, disableUrlAccess: true })
  node.setHeader('From', draft.from)
  if (draft.replyTo) node.setHeader('Reply-To', draft.replyTo)
  node.setHeader('Subject', draft.subject)
  const lines = node.buildHeaders().split(/\r\n(?![\t ])/)
  return [
    ...lines.filter((line) => /^(From|Reply-To|Subject|MIME-Version):/i.test(line)),
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    ...(draft.listId ? [`List-Id: ${draft.listId}`, 'Precedence: bulk'] : []),
    ...unanswered,
  ]
}

/**
 * No program should answer our mail: RFC 3834 5 asks for the first header, and Exchange reads the second one. It names every
 * kind of answer but failure reports (NDR), which say that an address is dead.
 */
const unanswered = ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply']

function ownHeaders({ to, messageId, inReplyTo = [], date, unsubscribe }: Recipient): string[] {
  return [
    `To: ${to}`,
    `Message-ID: ${messageId}`,
    ...(inReplyTo.length ? [`In-Reply-To: ${inReplyTo.at(-1)}`, `References: ${inReplyTo.join('\r\n ')}`] : []),
    `Date: ${new Date(date.epochMilliseconds).toUTCString().replace('GMT', '+0000')}`,
    ...(unsubscribe ? [`List-Unsubscribe: <${unsubscribe}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'] : []),
  ]
}

function partHead(boundary: string, type: string, encoding: string): string {
  return `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
}

/** Writes the pieces into one buffer, each byte once. Strings hold ASCII only, so their length is in bytes. */
function join(pieces: MessagePiece[], memory: Allocate): Buffer {
  let length = 0
  for (const piece of pieces) length += piece.length
  const whole = memory(length)
  let at = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') whole.write(piece, at, 'latin1')
    else whole.set(piece, at)
    at += piece.length
  }
  return whole
}
