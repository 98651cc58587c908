import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { ParsedMail } from 'mailparser'
import type { SMTPServer } from 'smtp-server'

/** A mail as it came for one recipient: its envelope, its source and its parts. */
export type ReceivedMail = { sender: string; recipient: string; raw: Buffer; parsed: ParsedMail }

/** A running server. */
export type MailReceiver = { port: number; close(): Promise<void> }

const maxMessageBytes = 2_000_000

/**
 * Opens an SMTP server (port 0 picks a free port) that takes mail for the recipients that `wants` accepts. `take` gets
 * the mail once per recipient, one after the other. When `take` fails, the client is told to try again (451). The
 * libraries are loaded here, so that a process without a server does not need them.
 */
export async function openMailReceiver(options: {
  host: string
  port: number
  wants(recipient: string): boolean
  take(mail: ReceivedMail): Promise<void>
}): Promise<MailReceiver> {
  const [smtp, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')])
  const server = new smtp.SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    size: maxMessageBytes,
    onRcptTo: ({ address }, _session, reply) => reply(options.wants(address) ? null : unknownRecipient()),
    async onData(stream, { envelope }, reply) {
      try {
        const raw = await buffer(stream)
        const parsed = await simpleParser(raw, { skipTextToHtml: true, keepDeliveryStatus: true })
        const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
        for (const { address } of envelope.rcptTo) await options.take({ sender, recipient: address, raw, parsed })
        reply()
      } catch {
        reply(Object.assign(new Error('4.3.0 could not take it'), { responseCode: 451 }))
      }
    },
  })
  server.on('error', () => {}) // a connection broke, and its client notices that itself
  await listen(server, options)
  const { port } = server.server.address() as AddressInfo
  return { port, close: () => new Promise((resolve) => void server.close(resolve)) }
}

const unknownRecipient = () => Object.assign(new Error('5.1.1 no such recipient'), { responseCode: 550 })

function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.server.once('error', reject)
  server.listen(port, host, resolve)
  return promise
}
