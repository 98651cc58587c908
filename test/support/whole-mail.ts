import MailComposer from 'nodemailer/lib/mail-composer'

/** One reader's message before it is encoded. `unsubscribe` is the https address of RFC 8058, where the kind has one. */
export type Letter = {
  from: string
  replyTo?: string | undefined
  to: string
  subject: string
  html: string
  text: string
  messageId: string
  date: Temporal.Instant
  listId: string
  unsubscribe?: string | undefined
  automatic: boolean
}

/** A message composed whole by a library: what a copy made from a mould is held against. */
export function composeMime(letter: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from: letter.from,
    replyTo: letter.replyTo,
    to: { name: '', address: letter.to },
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    textEncoding: 'quoted-printable',
    messageId: letter.messageId,
    date: new Date(letter.date.epochMilliseconds),
    headers: listHeaders(letter),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

function listHeaders({ listId, unsubscribe, automatic }: Letter): Record<string, string> {
  return {
    'List-Id': listId,
    ...(unsubscribe && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    ...(automatic && { 'Auto-Submitted': 'auto-generated' }),
  }
}
