import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { SMTPServer } from 'smtp-server'

/** A mail that stays here. */
export type KeptMail = {
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
export function createMailboxServer(keep: (mail: KeptMail) => Promise<void>): MailboxServer {
  let opened: Promise<SMTPServer> | undefined
  return {
    async url() {
      opened ??= open(keep)
      const { port } = (await opened).server.address() as AddressInfo
      return `smtp://127.0.0.1:${port}`
    },
    async close() {
      const server = await opened
      if (server) await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

async function open(keep: (mail: KeptMail) => Promise<void>): Promise<SMTPServer> {
  const [{ SMTPServer }, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')])
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    async onData(stream, { envelope }, reply) {
      try {
        const raw = await buffer(stream)
        const { subject = '', html, text = '' } = await simpleParser(raw, { skipTextToHtml: true })
        const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
        const recipient = envelope.rcptTo[0]!.address
        await keep({ sender, recipient, subject, html: html || '', text, raw })
        reply()
      } catch {
        reply(Object.assign(new Error('4.3.0 the mailbox could not keep it'), { responseCode: 451 }))
      }
    },
  })
  server.on('error', () => {}) // a connection that broke; who sent it sees it
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}
