import type { App } from '../../app.ts'
import { addressSchema, bareAddress } from '../../platform/address.ts'
import { mayGetMail, sendPlainMail } from '../plain-mail.ts'

/** More forwarded mails an hour are refused for now: a loop or a flood ends here. */
const maxAnHour = 20

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
    if (!mayGetMail(app, to))
      return app.log.info('a mail to postmaster was not forwarded: its address is not in SEND_ALLOWLIST')
    await sendPlainMail(app, app.mail, {
      to,
      subject: 'A mail to the postmaster of Sitrep',
      text: 'Somebody wrote to the postmaster address of Sitrep. The attachment is that mail.',
      attached: raw,
    })
    sent.push(now)
  }
}

function contactOf({ config }: App): string {
  const contact = addressSchema.safeParse(bareAddress(config.contact))
  return contact.success ? contact.data : config.adminEmail
}
