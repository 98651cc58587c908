import { type MailReceiver, openMailReceiver } from './mail-receiver.ts'

/** A mail for the local mailbox. */
export type CaughtMail = {
  sender: string
  recipient: string
  subject: string
  html: string
  text: string
  raw: Buffer
}

/**
 * An SMTP server on loopback for the local mailbox, so that mail takes the same path in development as in production.
 */
export type MailboxServer = { url(): Promise<string>; close(): Promise<void> }

/** Hands every mail to `keep`. The server opens its port when its address is first asked for. */
export function createMailboxServer(keep: (mail: CaughtMail) => Promise<void>): MailboxServer {
  let receiver: Promise<MailReceiver> | undefined
  return {
    async url() {
      receiver ??= openMailReceiver({
        host: '127.0.0.1',
        port: 0,
        wants: () => true,
        read: async (raw) => (await import('./parse-mail.ts')).parseMail(raw),
        take: ({ content: { subject, html, text }, ...mail }) => keep({ ...mail, subject, html, text }),
      })
      const { port } = await receiver
      return `smtp://127.0.0.1:${port}`
    },
    async close() {
      await (await receiver)?.close()
    },
  }
}
