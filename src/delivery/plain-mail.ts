import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { bareAddress, mailDomainOf } from '../platform/address.ts'
import type { Outbox } from './smtp/outbox.ts'

/** A mail to an admin. The subject is ASCII. It is in no edition, and no ledger knows it. */
export type PlainMail = { to: string; subject: string; text: string; attached?: Buffer }

const sendMs = 60_000

/** Sends a mail to an admin. @throws when the relay cannot be used or does not take it */
export async function sendPlainMail(app: App, outbox: Outbox, mail: PlainMail): Promise<void> {
  const found = await outbox.connect(AbortSignal.timeout(sendMs))
  if (found.kind !== 'open') throw new Error(`the relay cannot be used: ${found.reply}`)
  const from = bareAddress(app.config.mailFrom)
  const wire = wireOf(mail, from, app.now())
  const outcome = await found.connection.send({ from, to: mail.to, wire }, Promise.resolve(true))
  outbox.giveBack(found.connection)
  if (outcome.kind !== 'accepted') throw new Error('the relay did not take the mail')
}

/** Whether SEND_ALLOWLIST lets mail go to an address. */
export const mayGetMail = ({ config: { sendAllowlist: list } }: App, to: string): boolean =>
  !list.length || list.includes(to.toLowerCase()) || list.includes(mailDomainOf(to))

/** The mail as bytes for the wire: base64 needs no escape and no 8BITMIME. `Auto-Submitted` keeps other programs silent. */
function wireOf({ to, subject, text, attached }: PlainMail, from: string, now: Temporal.Instant): Buffer {
  const id = randomUUID()
  const head = [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${new Date(now.epochMilliseconds).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${mailDomainOf(from)}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
  ]
  const words = ['Content-Type: text/plain; charset=utf-8', ...inBase64(Buffer.from(text))]
  const lines = attached ? withFile(words, attached, id) : words
  return Buffer.from([...head, ...lines, '.', ''].join('\r\n'))
}

function withFile(words: string[], attached: Buffer, boundary: string): string[] {
  const file = [
    'Content-Type: application/octet-stream; name="mail.eml"',
    'Content-Disposition: attachment; filename="mail.eml"',
    ...inBase64(attached),
  ]
  const body = [words, file].flatMap((part) => [`--${boundary}`, ...part])
  return [`Content-Type: multipart/mixed; boundary="${boundary}"`, '', ...body, `--${boundary}--`]
}

const inBase64 = (bytes: Buffer): string[] => [
  'Content-Transfer-Encoding: base64',
  '',
  ...(bytes.toString('base64').match(/.{1,76}/g) ?? []),
]
