import type { SendOutcome } from '../rules/delivery-result.ts'
import type { Session } from './connect.ts'
import { createReplies, type Reply } from './replies.ts'

/** One message for one recipient. `wire` is the message with no line that begins with a stop but the last, which ends it. */
export type Envelope = { from: string; to: string; wire: Buffer }

/** An open connection that carries one message at a time. */
export type SmtpConnection = {
  /**
   * Never throws: what becomes of the message is data. The envelope goes out at once, the message once `permit` allows it;
   * if it does not, or fails, the message is withheld and the line ends.
   */
  send(envelope: Envelope, permit: Promise<boolean>): Promise<SendOutcome>
  /** False once the connection is of no more use. */
  alive(): boolean
  /** How many messages it has carried. */
  sent(): number
  /** True when it has carried as many as one connection should. */
  spent(): boolean
  onEnd(listener: () => void): void
  /** Says good-bye, or hangs up at once. */
  quit(): void
  close(): void
}

/** No transaction may last longer, even when the server keeps talking. */
const transactionMs = 11 * 60_000

/** Speaks SMTP on a session: with PIPELINING (RFC 2920) the envelope and DATA go out in one piece. `most` messages are its share. */
export function createSmtpConnection(session: Session, most: number): SmtpConnection {
  const { socket } = session
  const ended = new Set<() => void>()
  let alive = true
  let sent = 0
  const leave = ({ politely }: { politely: boolean }) => {
    if (!alive) return
    alive = false
    replies.fail()
    if (!politely) socket.destroy() // else what was not sent yet would still go out, and be sent again elsewhere
    session.close()
    for (const listener of ended) listener()
  }
  const end = () => leave({ politely: false })
  const replies = createReplies(() => end())
  socket.on('data', replies.read)
  socket.on('error', end)
  socket.on('close', end)
  socket.on('timeout', end)
  socket.on('end', end)

  /** Sends the envelope and DATA; gives the reply that refuses it, or nothing when the server waits for the message. */
  async function announce({ from, to, wire }: Envelope): Promise<Refusal | undefined> {
    const commands = [`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA']
    if (wire.length > session.maxSize) return { code: 552, text: '552 5.3.4 message too big for the mail server' }
    if (!session.pipelining) return oneByOne(commands)
    socket.write(`${commands.join('\r\n')}\r\n`)
    let refusal: Refusal | undefined
    for (const verb of ['MAIL', 'RCPT']) {
      const reply = await nextAfter(refusal)
      if (!reply) return refusal
      if (reply.code === closing) return leaving(refusal) ?? reply
      if (reply.code >= 300) refusal ??= { ...reply, ofSender: verb === 'MAIL' }
    }
    const data = await nextAfter(refusal)
    if (!data) return refusal
    if (data.code === closing) return leaving(refusal) ?? data
    // A server that takes DATA without a recipient waits for a message; this connection is not worth another.
    if (refusal && data.code === 354) end()
    // What the server refused may still stand open there, and the next mail must not be added to it.
    else if (refusal) await reset()
    return refusal ?? (data.code === 354 ? undefined : data)
  }

  /** The server hangs up, and nothing more is said. */
  function leaving(refusal: Refusal | undefined): Refusal | undefined {
    end()
    return refusal
  }

  /** The next answer; none when the server hung up after a refusal, which stands. */
  function nextAfter(refusal: Refusal | undefined): Promise<Reply | undefined> {
    return replies.next().catch((error: Error) => {
      if (!refusal) throw error
      return undefined
    })
  }

  async function oneByOne(commands: string[]): Promise<Refusal | undefined> {
    for (const command of commands) {
      socket.write(`${command}\r\n`)
      const reply = await replies.next()
      if (reply.code >= 300 && reply.code !== 354) {
        if (reply.code !== closing) await reset()
        return { ...reply, ofSender: command === commands[0] }
      }
    }
    return undefined
  }

  async function reset(): Promise<void> {
    socket.write('RSET\r\n')
    const done = await replies.next().catch(() => undefined)
    if (done?.code !== 250) end()
  }

  async function transact(
    envelope: Envelope,
    permit: Promise<boolean>,
    progress: { handedOver: boolean },
  ): Promise<SendOutcome> {
    const refusal = await announce(envelope)
    if (refusal) return rejected(refusal)
    if (!(await permit)) throw new Error('the message was withheld')
    // An answer to what was not sent yet says nothing about the message, nor will those that come after it.
    if (replies.unasked()) throw new Error('the mail server answered before it had the message')
    // Only when the system has taken the last byte may the server have the message.
    socket.write(envelope.wire, (error) => {
      if (!error) progress.handedOver = true
    })
    const reply = await replies.next()
    if (progress.handedOver) return reply.code < 300 ? { kind: 'accepted', reply: reply.text } : rejected(reply)
    // The rest has not left and must not be taken for the next message; whether the server keeps the part, nobody knows.
    end()
    return reply.code < 300 ? { kind: 'lost', reply: reply.text } : rejected(reply)
  }

  return {
    async send(envelope, permit) {
      if (!writable(envelope.to) || !writable(envelope.from)) return neverSendable
      const progress = { handedOver: false }
      const deadline = setTimeout(end, transactionMs)
      permit.then((allowed) => (allowed ? deadline.refresh() : end()), end)
      try {
        if (replies.unasked()) end()
        if (!alive) throw new Error('the connection was closed')
        const outcome = await transact(envelope, permit, progress)
        sent++
        if (outcome.kind === 'rejected' && outcome.code === closing) end()
        return outcome
      } catch (error) {
        end()
        return { kind: progress.handedOver ? 'lost' : 'interrupted', reply: (error as Error).message }
      } finally {
        clearTimeout(deadline)
      }
    },
    alive: () => alive,
    sent: () => sent,
    spent: () => sent >= most,
    onEnd: (listener) => void ended.add(listener),
    quit() {
      if (alive) socket.write('QUIT\r\n')
      leave({ politely: true })
    },
    close: end,
  }
}

/** The reply after which the server hangs up. */
const closing = 421

/** `ofSender`: the answer to MAIL FROM. */
type Refusal = Reply & { ofSender?: boolean }

const rejected = ({ code, text, ofSender }: Refusal): SendOutcome => ({ kind: 'rejected', code, reply: text, ofSender })

/** What can stand between the angle brackets of an envelope; all else is refused before any server sees it (553). */
const writable = (address: string): boolean => /^[!-;=?-~]{1,320}$/.test(address)
const neverSendable: SendOutcome = { kind: 'rejected', code: 553, reply: '553 5.1.3 the address cannot be written' }
