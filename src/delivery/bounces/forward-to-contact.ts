import type { App } from '../../app.ts'
import { addressSchema, bareAddress, mailDomainOf } from '../../platform/address.ts'

/** More forwarded mails an hour are refused for now: a loop or a flood ends here. */
const maxAnHour = 20
const forwardMs = 60_000

/**
 * Forwards what a person wrote to `postmaster@` of the bounce domain (RFC 5321 4.5.1), as an attachment of a mail to CONTACT, or
 * to ADMIN_EMAIL where CONTACT is no mail address.
 * @returns a function that rejects when the mail cannot be forwarded now
 */
export function createForwarder(app: App): (raw: Buffer) => Promise<void> {
  let sent: Temporal.Instant[] = []
  return async (raw) => {
    const now = app.now()
    const hourAgo = now.subtract({ hours: 1 })
    sent = sent.filter((at) => Temporal.Instant.compare(at, hourAgo) > 0)
    if (sent.length >= maxAnHour) throw new Error('too many mails to forward within an hour')
    const to = contactOf(app)
    if (!mayGet(app, to))
      return app.log.info('a mail to postmaster was not forwarded: its address is not in SEND_ALLOWLIST')
    await send(app, to, wireOf(app, to, { raw, now, n: sent.length }))
    sent.push(now)
  }
}

function contactOf({ config }: App): string {
  const contact = addressSchema.safeParse(bareAddress(config.contact))
  return contact.success ? contact.data : config.adminEmail
}

const mayGet = ({ config: { sendAllowlist: list } }: App, to: string): boolean =>
  !list.length || list.includes(to.toLowerCase()) || list.includes(mailDomainOf(to))

async function send(app: App, to: string, wire: Buffer): Promise<void> {
  const found = await app.mail.connect(AbortSignal.timeout(forwardMs))
  if (found.kind !== 'open') throw new Error(`the relay cannot be used: ${found.reply}`)
  const from = bareAddress(app.config.mailFrom)
  const outcome = await found.connection.send({ from, to, wire }, Promise.resolve(true))
  app.mail.giveBack(found.connection)
  if (outcome.kind !== 'accepted') throw new Error('the relay did not take the forwarded mail')
}

type Forwarded = { raw: Buffer; now: Temporal.Instant; n: number }

/** The mail as bytes for the wire: base64 needs no escape and no 8BITMIME. `Auto-Submitted` keeps other programs silent. */
function wireOf({ config }: App, to: string, { raw, now, n }: Forwarded): Buffer {
  const from = bareAddress(config.mailFrom)
  const boundary = `forwarded-${now.epochMilliseconds}-${n}`
  const head = [
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: A mail to the postmaster of Sitrep',
    `Date: ${new Date(now.epochMilliseconds).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${boundary}@${mailDomainOf(from)}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ]
  const text = [
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Somebody wrote to the postmaster address of Sitrep. The attachment is that mail.',
  ]
  const file = [
    'Content-Type: application/octet-stream; name="mail.eml"',
    'Content-Disposition: attachment; filename="mail.eml"',
    'Content-Transfer-Encoding: base64',
    '',
    ...(raw.toString('base64').match(/.{1,76}/g) ?? []),
  ]
  const body = [text, file].flatMap((part) => [`--${boundary}`, ...part])
  return Buffer.from([...head, '', ...body, `--${boundary}--`, '.', ''].join('\r\n'))
}
