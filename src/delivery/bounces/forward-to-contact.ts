import { createHash } from 'node:crypto'
import type { App } from '../../app.ts'
import { addressSchema, bareAddress } from '../../platform/address.ts'
import { mayGetMail, sendPlainMail } from '../plain-mail.ts'

/** More forwarded mails an hour are refused for now: a loop or a flood ends here. */
const maxAnHour = 20

/**
 * Forwards what a person wrote to `postmaster@` of the bounce domain (RFC 5321 4.5.1), as an attachment of a mail to CONTACT, or
 * to ADMIN_EMAIL where CONTACT is no mail address. A mail to several of our addresses is forwarded once.
 * @returns a function that rejects when the mail cannot be forwarded now
 */
export function createForwarder(app: App): (raw: Buffer) => Promise<void> {
  /** The mails of the last hour by their hash. A mail takes its place before it is sent: others may come meanwhile. */
  const taken = new Map<string, { at: Temporal.Instant; sent: Promise<void> }>()
  return async (raw) => {
    const to = contactOf(app)
    if (!mayGetMail(app, to))
      return app.log.info('a mail to postmaster was not forwarded: its address is not in SEND_ALLOWLIST')
    const now = app.now()
    const hourAgo = now.subtract({ hours: 1 })
    for (const [hash, { at }] of taken) if (Temporal.Instant.compare(at, hourAgo) <= 0) taken.delete(hash)
    const key = createHash('sha256').update(raw).digest('hex')
    const same = taken.get(key)
    if (same) return same.sent
    if (taken.size >= maxAnHour) throw new Error('too many mails to forward within an hour')
    const sent = forward(app, to, raw)
    taken.set(key, { at: now, sent })
    await sent.catch((error: Error) => {
      taken.delete(key)
      throw error
    })
  }
}

const forward = (app: App, to: string, raw: Buffer): Promise<void> =>
  sendPlainMail(app, app.mail, {
    to,
    subject: 'A mail to the postmaster of Sitrep',
    text: 'Somebody wrote to the postmaster address of Sitrep. The attachment is that mail.',
    attached: raw,
  })

function contactOf({ config }: App): string {
  const contact = addressSchema.safeParse(bareAddress(config.contact))
  return contact.success ? contact.data : config.adminEmail
}
