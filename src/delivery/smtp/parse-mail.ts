import { simpleParser } from 'mailparser'

/** A part of a mail: its content type in lower case, and its text. */
export type MailPart = { type: string; text: string }

/** A mail as far as it is needed: texts, and all parts that are no text of the mail itself. */
export type MailContent = {
  subject: string
  html: string
  text: string
  from: string
  /** The header section, unfolded, with the names of the fields in lower case. */
  headers: [name: string, value: string][]
  parts: MailPart[]
}

/** A part whose type cannot be read is text (RFC 2045 5.2). */
const unknownType = 'text/plain'

/**
 * Parses a mail.
 * @throws when it cannot be read
 */
export async function parseMail(raw: Buffer): Promise<MailContent> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, keepDeliveryStatus: true })
  return {
    subject: mail.subject ?? '',
    html: mail.html || '',
    text: mail.text ?? '',
    from: mail.from?.text ?? '',
    headers: mail.headerLines.map(({ key, line }) => [
      key,
      line
        .slice(key.length + 1)
        .replace(/\r?\n[\t ]+/g, ' ')
        .trim(),
    ]),
    parts: mail.attachments.map(({ contentType, content }) => ({
      type: /^[\w.+-]+\/[\w.+-]+/.exec(contentType ?? '')?.[0].toLowerCase() ?? unknownType,
      text: content.toString('utf8'),
    })),
  }
}
