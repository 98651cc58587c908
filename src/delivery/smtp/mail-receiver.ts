import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { ParsedMail } from 'mailparser'
import type { SMTPServer } from 'smtp-server'

/** A mail that came in. */
export type ReceivedMail = { sender: string; recipient: string; raw: Buffer; parsed: ParsedMail }
export type MailReceiver = { port: number; close(): Promise<void> }

const largest = 2_000_000

/**
 * A mail server that takes mail for recipients that `wants` accepts, one at a time, and hands each to `take`; when that
 * fails the sender is asked to come again. The libraries are loaded when it opens.
 */
export async function openMailReceiver(options: {
  host: string
  port: number
  wants(recipient: string): boolean
  take(mail: ReceivedMail): Promise<void>
}): Promise<MailReceiver> {
  const [{ SMTPServer }, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')])
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    size: largest,
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
  server.on('error', () => {}) // a connection that broke; who sent it sees it
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
