import type { AddressInfo, Server, Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { SMTPServer } from 'smtp-server'
import type { ClientLimits } from './client-limits.ts'
import { createBufferCollector } from './free-buffers.ts'

/** A mail as it came for one recipient: its envelope, its source, and what `read` made of it. */
export type ReceivedMail<Content> = { sender: string; recipient: string; raw: Buffer; content: Content }

/** A mail that was not taken: too large, never to be read, or to be sent again because taking it failed. */
export type RefusedMail = { kind: 'too large' | 'unreadable' | 'failed'; recipients: string[]; reason: string }

/** A running server. */
export type MailReceiver = { port: number; close(): Promise<void> }

export type MailReceiverOptions<Content> = {
  host: string
  port: number
  wants(recipient: string): boolean
  /** What strangers may take of the server. */
  limits?: ClientLimits | undefined
  read(raw: Buffer): Promise<Content>
  take(mail: ReceivedMail<Content>): Promise<void>
  refused?: ((mail: RefusedMail) => void) | undefined
}

/** A report of one of our mails, with the whole mail, has a third of it. */
const maxMessageBytes = 1_000_000
/** What connections hold together stays within 60 MB. */
const maxClients = 30
const maxRecipients = 5
/** A client may be silent for so long. */
const silenceMs = 30_000

/**
 * Opens an SMTP server (port 0 picks a free port) that takes mail for the recipients that `wants` accepts. `take` gets the mail
 * once per recipient, one after the other. A mail that is too large gets 552, at MAIL FROM or as soon as it is; one that `read`
 * rejects gets 554. When `take` fails, the client is told to try again (451). The library is loaded here, so that a process
 * without a server does not need it.
 */
export async function openMailReceiver<Content>(options: MailReceiverOptions<Content>): Promise<MailReceiver> {
  const smtp = await import('smtp-server')
  const { limits } = options
  const server = new smtp.SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    size: maxMessageBytes,
    maxClients,
    maxRecipients,
    socketTimeout: silenceMs,
    onRcptTo: ({ address }, session, reply) => {
      if (session.envelope.rcptTo.length >= maxRecipients) return reply(error(452, '4.5.3 too many recipients'))
      if (!options.wants(address)) return reply(error(550, '5.1.1 no such recipient'))
      limits?.progress(session)
      return reply(null)
    },
    async onData(stream, session, reply) {
      const { envelope } = session
      limits?.mailBegins(session)
      const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
      const recipients = envelope.rcptTo.map(({ address }) => address)
      reply(await receive(stream, { sender, recipients }, options))
      limits?.progress(session)
    },
  } as ConstructorParameters<typeof SMTPServer>[0])
  server.on('error', () => {}) // a connection broke, and its client notices that itself
  const noteReceived = createBufferCollector()
  if (limits) admitOnly(server.server, limits)
  server.server.on('connection', (socket) => {
    socket.on('data', (chunk) => noteReceived(chunk.length))
  })
  await listen(server, options)
  const { port } = server.server.address() as AddressInfo
  return { port, close: () => new Promise((resolve) => void server.close(resolve)) }
}

/** Asks the limits before the library hears of a connection, so that a refused one takes no place of `maxClients`. */
function admitOnly(server: Server, { admit }: ClientLimits): void {
  const accept = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket) => {
    if (admit(socket)) for (const one of accept) one.call(server, socket)
  })
}

type Envelope = { sender: string; recipients: string[] }

/** The error to reply, or null when the mail was taken. */
async function receive<Content>(
  stream: Readable,
  { sender, recipients }: Envelope,
  { read, take, refused = () => {} }: MailReceiverOptions<Content>,
): Promise<Error | null> {
  const raw = await wholeOf(stream).catch((reason: Error) => reason)
  if (raw instanceof Error) return error(451, '4.4.2 the connection broke')
  if (!raw) {
    refused({ kind: 'too large', recipients, reason: `more than ${maxMessageBytes} bytes` })
    return error(552, '5.3.4 the message is too large')
  }
  let content: Content
  try {
    content = await read(raw)
  } catch (reason) {
    refused({ kind: 'unreadable', recipients, reason: (reason as Error).message })
    return error(554, '5.6.0 the message cannot be read')
  }
  try {
    for (const recipient of recipients) await take({ sender, recipient, raw, content })
    return null
  } catch (reason) {
    refused({ kind: 'failed', recipients, reason: (reason as Error).message })
    return error(451, '4.3.0 could not take it')
  }
}

/** All bytes; undefined as soon as they are too many. Leaving the loop destroys the stream: the rest is not kept. */
async function wholeOf(stream: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxMessageBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

const error = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.server.once('error', reject)
  server.listen(port, host, resolve)
  return promise
}
