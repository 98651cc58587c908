import MailComposer from 'nodemailer/lib/mail-composer'

/** One reader's message before it is encoded. `unsubscribe` is the https address of RFC 8058, where the kind has one. */
export type WholeMail = {
  from: string
  replyTo?: string | undefined
  to: string
  subject: string
  html: string
  text: string
  messageId: string
  date: Temporal.Instant
  listId: string | null
  unsubscribe?: string | undefined
  /** The Message-IDs of earlier mails, the last one at the end. */
  inReplyTo?: string[] | undefined
}

/** A message composed whole by a library: what a copy made from a template is held against. */
export function composeMime(mail: WholeMail): Promise<Buffer> {
  const composer = new MailComposer({
    from: mail.from,
    replyTo: mail.replyTo,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    textEncoding: 'quoted-printable',
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo?.at(-1),
    references: mail.inReplyTo,
    date: new Date(mail.date.epochMilliseconds),
    headers: listHeaders(mail),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

function listHeaders({ listId, unsubscribe }: WholeMail): Record<string, string> {
  return {
    ...(listId && { 'List-Id': listId, Precedence: 'bulk' }),
    ...(unsubscribe && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
  }
}
