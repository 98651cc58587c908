import { createHash } from 'node:crypto'
import MimeNode from 'nodemailer/lib/mime-node'
import type { Placeholder } from '../../editions/mail/placeholders.ts'
import { bodyHasher, type DkimSigner } from './dkim.ts'
import { encodePart, type MessagePiece, type Values } from './part.ts'
import { type Allocate, allocateFresh } from './reusable-buffer.ts'

/** What all copies of a mail share; `html` and `text` hold slots for what is personal. */
export type MessageDraft = {
  from: string
  replyTo?: string | undefined
  subject: string
  html: string
  text: string
  listId: string
  automatic: boolean
}

/**
 * What is one reader's own. `unsubscribe` is the https address of RFC 8058, where the kind of mail has one; `forRelay`
 * are headers which the relay takes out, so that no signature may cover them.
 */
export type Recipient = {
  to: string
  messageId: string
  date: Temporal.Instant
  unsubscribe?: string | undefined
  forRelay?: string[] | undefined
  values: Values
}

/** A mail that is composed and encoded (RFC 5322, MIME) but for its slots. */
export type MessageTemplate = {
  slots: Set<Placeholder>
  /** One reader's message as it goes over the wire: no line begins with a full stop but the last, which ends it. */
  personalise(copy: Recipient, memory?: Allocate): Promise<Buffer>
}

/** Encodes once what all copies share. With a signer, each copy carries a DKIM signature over all of its headers. */
export function createMessageTemplate(draft: MessageDraft, sign?: DkimSigner): MessageTemplate {
  const text = encodePart(draft.text, 'text')
  const html = encodePart(draft.html, 'html')
  const boundary = `=_${createHash('sha256').update(draft.text).update(draft.html).digest('hex').slice(0, 32)}`
  const fixedHeaders = headersOf(draft, boundary)
  const opening = Buffer.from(partHead(boundary, 'text/plain', text.encoding))
  const between = Buffer.from(partHead(boundary, 'text/html', html.encoding))
  const end = Buffer.from(`--${boundary}--\r\n`)
  const hashBody = bodyHasher(Buffer.alloc(0))

  return {
    slots: new Set([...text.slots, ...html.slots]),
    async personalise(copy, memory = allocateFresh) {
      const body = [opening, ...text.encode(copy.values), between, ...html.encode(copy.values), end]
      const signed = [...fixedHeaders, ...ownHeaders(copy)]
      const headers = [...signed, ...(copy.forRelay ?? [])]
      if (sign) {
        const bytes = join(body, allocateFresh)
        headers.unshift(await sign(signed, hashBody(bytes)))
        return join([`${headers.join('\r\n')}\r\n\r\n`, bytes, lastLine], memory)
      }
      return join([`${headers.join('\r\n')}\r\n\r\n`, ...body, lastLine], memory)
    },
  }
}

const lastLine = Buffer.from('.\r\n')

/** The library knows how names and subjects are encoded and folded; what it adds of its own accord is ours to say. */
function headersOf(draft: MessageDraft, boundary: string): string[] {
  const node = new MimeNode('multipart/alternative', { disableFileAccess: true, disableUrlAccess: true })
  node.setHeader('From', draft.from)
  if (draft.replyTo) node.setHeader('Reply-To', draft.replyTo)
  node.setHeader('Subject', draft.subject)
  const lines = node.buildHeaders().split(/\r\n(?![\t ])/)
  return [
    ...lines.filter((line) => /^(From|Reply-To|Subject|MIME-Version):/i.test(line)),
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    `List-Id: ${draft.listId}`,
    ...(draft.automatic ? ['Auto-Submitted: auto-generated'] : []),
  ]
}

function ownHeaders({ to, messageId, date, unsubscribe }: Recipient): string[] {
  return [
    `To: ${to}`,
    `Message-ID: ${messageId}`,
    `Date: ${new Date(date.epochMilliseconds).toUTCString().replace('GMT', '+0000')}`,
    ...(unsubscribe ? [`List-Unsubscribe: <${unsubscribe}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'] : []),
  ]
}

function partHead(boundary: string, type: string, encoding: string): string {
  return `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
}

/** One piece of memory, written once; what is a string holds no letter beyond ASCII. */
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
