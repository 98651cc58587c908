import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type SunkMessage = { from: string; to: string[]; raw: string; parsed: ParsedMail }
/** What to say instead of 250: a reply code with its text, such as `{ code: 550, text: '5.1.1 No such user' }`. */
export type Refusal = { code: number; text: string }
/** After the final dot: refuse, or lose the connection, with the message taken (`lost-reply`) or not (`lost`). */
export type AfterDot = Refusal | 'lost' | 'lost-reply' | undefined

export type SmtpSink = {
  url: string
  /** Every message that the server took, oldest first. */
  messages: SunkMessage[]
  /** The answer to MAIL FROM; replace it to refuse the sender. */
  onSender: (address: string) => Refusal | undefined
  /** The answer to RCPT TO; replace it to refuse a recipient. */
  onRecipient: (address: string) => Refusal | undefined
  /** The answer to the final dot; replace it to refuse or lose a message. */
  onMessage: (message: SunkMessage) => AfterDot | Promise<AfterDot>
  waitFor(count: number, timeoutMs?: number): Promise<SunkMessage[]>
  close(): Promise<void>
}

/** A real SMTP server on loopback that keeps what it is given and answers as the test says; it offers SMTPUTF8, or not. */
export async function startSmtpSink({ smtpUtf8 = true } = {}): Promise<SmtpSink> {
  const waiting = new Set<() => void>()
  const messages: SunkMessage[] = []
  const sockets = new Map<number, Socket>()
  const sink: SmtpSink = {
    url: '',
    messages,
    onSender: () => undefined,
    onRecipient: () => undefined,
    onMessage: () => undefined,
    waitFor: (count, timeoutMs = 15_000) => waitFor(messages, waiting, count, timeoutMs),
    close: () => closeServer(server, sockets),
  }
  const keep = (message: SunkMessage): void => {
    messages.push(message)
    for (const look of waiting) look()
  }
  const server = createServer(sink, keep, { sockets, smtpUtf8 })
  sink.url = `smtp://127.0.0.1:${await listen(server)}`
  server.server.on('connection', (socket) => {
    sockets.set(socket.remotePort ?? 0, socket)
    socket.once('close', () => sockets.delete(socket.remotePort ?? 0))
  })
  return sink
}

type Reply = (error?: Error | null) => void

function createServer(
  sink: SmtpSink,
  keep: (message: SunkMessage) => void,
  { sockets, smtpUtf8 }: { sockets: Map<number, Socket>; smtpUtf8: boolean },
): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    hideSMTPUTF8: !smtpUtf8,
    closeTimeout: 500,
    onMailFrom: ({ address }, _session, reply: Reply) => reply(asError(sink.onSender(address))),
    onRcptTo: ({ address }, _session, reply: Reply) => reply(asError(sink.onRecipient(address))),
    onData: async (stream, { envelope, remotePort }, reply: Reply) => {
      const raw = await buffer(stream).catch(() => undefined)
      if (!raw) return // the client was killed in the middle of a message
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const to = envelope.rcptTo.map(({ address }) => address)
      const message = { from, to, raw: raw.toString('utf8'), parsed: await simpleParser(raw) }
      const answer = await sink.onMessage(message)
      if (answer === undefined || answer === 'lost-reply') keep(message)
      if (answer === 'lost' || answer === 'lost-reply') sockets.get(remotePort)?.destroy()
      else reply(asError(answer))
    },
  })
  server.on('error', () => {}) // a connection that the client or the test broke
  return server
}

function asError(refusal: Refusal | undefined): Error | null {
  return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null
}

function listen(server: SMTPServer): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const listener = server.listen(0, '127.0.0.1', () => resolve((listener.address() as { port: number }).port))
  return promise
}

function closeServer(server: SMTPServer, sockets: Map<number, Socket>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  for (const socket of sockets.values()) socket.destroy()
  return promise
}

function waitFor(messages: SunkMessage[], waiting: Set<() => void>, count: number, timeoutMs: number) {
  const { promise, resolve, reject } = Promise.withResolvers<SunkMessage[]>()
  const late = () => reject(new Error(`Waited ${timeoutMs} ms for ${count} mails, and ${messages.length} came`))
  const timer = setTimeout(late, timeoutMs)
  const look = () => messages.length >= count && resolve(messages)
  waiting.add(look)
  look()
  return promise.finally(() => {
    clearTimeout(timer)
    waiting.delete(look)
  })
}
