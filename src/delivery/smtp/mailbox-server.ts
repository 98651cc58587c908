import { type MailReceiver, openMailReceiver } from './mail-receiver.ts'

/** A mail that stays here. */
export type CaughtMail = {
  sender: string
  recipient: string
  subject: string
  html: string
  text: string
  raw: Buffer
}

/** A mail server of our own on loopback, so that mail takes the same path in development as everywhere. */
export type MailboxServer = { url(): Promise<string>; close(): Promise<void> }

/** Hands every message to `keep`. Opens its port when it is first asked for its address. */
export function createMailboxServer(keep: (mail: CaughtMail) => Promise<void>): MailboxServer {
  let opened: Promise<MailReceiver> | undefined
  return {
    async url() {
      opened ??= openMailReceiver({
        host: '127.0.0.1',
        port: 0,
        wants: () => true,
        take: ({ parsed: { subject = '', html, text = '' }, ...mail }) =>
          keep({ ...mail, subject, html: html || '', text }),
      })
      return `smtp://127.0.0.1:${(await opened).port}`
    },
    async close() {
      await (await opened)?.close()
    },
  }
}
