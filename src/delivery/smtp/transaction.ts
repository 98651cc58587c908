import type { Socket } from 'node:net'
import { needsSmtpUtf8 } from '../../platform/address.ts'
import type { SendOutcome } from '../rules/delivery-result.ts'
import type { Replies, Reply } from './replies.ts'

/** One message for one recipient. `wire` is its bytes, where only the last line begins with a full stop and ends it. */
export type Envelope = { from: string; to: string; wire: Buffer }

/** What a transaction needs of its connection; `end` closes it at once. */
export type Dialogue = {
  socket: Socket
  pipelining: boolean
  /** Whether the server takes addresses with letters outside ASCII (RFC 6531). */
  smtpUtf8: boolean
  /** In bytes (RFC 1870). */
  maxSize: number
  replies: Replies
  end(): void
}

/** The reply code after which the server hangs up. */
export const closingCode = 421

/** `ofSender`: the reply to MAIL FROM. */
type Refusal = Reply & { ofSender?: boolean | undefined }

/**
 * Sends one message (RFC 5321 3.3). With PIPELINING (RFC 2920) the envelope and DATA go out in one piece.
 * `progress.handedOver` becomes true when the system has taken the last byte: only then may the server have the message.
 * @throws when the connection ends or misbehaves; `progress` says whether the message may have arrived
 */
export async function transact(
  dialogue: Dialogue,
  envelope: Envelope,
  permit: Promise<boolean>,
  progress: { handedOver: boolean },
): Promise<SendOutcome> {
  const { socket, replies, end } = dialogue
  const refusal = await announce(dialogue, envelope)
  if (refusal) return rejected(refusal)
  if (!(await permit)) throw new Error('the message was withheld')
  // A reply to what was not sent yet says nothing about the message, nor will those that come after it.
  if (replies.hasUnexpected()) throw new Error('the mail server answered before it had the message')
  socket.write(envelope.wire, (error) => {
    if (!error) progress.handedOver = true
  })
  const reply = await replies.next()
  if (progress.handedOver) return reply.code < 300 ? { kind: 'accepted', reply: reply.text } : rejected(reply)
  // The rest has not left and must not be taken for the next message; whether the server keeps the part is unknown.
  end()
  return reply.code < 300 ? { kind: 'lost', reply: reply.text } : rejected(reply)
}

/** Sends the envelope and DATA; returns the reply that refuses them, or nothing when the server waits for the message. */
async function announce(dialogue: Dialogue, { from, to, wire }: Envelope): Promise<Refusal | undefined> {
  const commands = [`MAIL FROM:<${from}>${needsSmtpUtf8(to) ? ' SMTPUTF8' : ''}`, `RCPT TO:<${to}>`, 'DATA']
  if (wire.length > dialogue.maxSize) return { code: 552, text: '552 5.3.4 message too big for the mail server' }
  if (!dialogue.pipelining) return oneByOne(dialogue, commands)
  dialogue.socket.write(`${commands.join('\r\n')}\r\n`)
  let refusal: Refusal | undefined
  for (const verb of ['MAIL', 'RCPT']) {
    const reply = await nextReply(dialogue, refusal)
    if (!reply) return refusal
    if (reply.code === closingCode) return hangUp(dialogue, refusal) ?? reply
    if (reply.code >= 300) refusal ??= { ...reply, ofSender: verb === 'MAIL' }
  }
  const reply = await nextReply(dialogue, refusal)
  return reply ? afterData(dialogue, refusal, reply) : refusal
}

async function afterData(dialogue: Dialogue, refusal: Refusal | undefined, reply: Reply): Promise<Refusal | undefined> {
  if (reply.code === closingCode) return hangUp(dialogue, refusal) ?? reply
  // A server that takes DATA without a recipient waits for a message; this connection carries no other one.
  if (refusal && reply.code === 354) dialogue.end()
  // What the server refused may still stand open there, and the next mail must not be added to it.
  else if (refusal) await reset(dialogue)
  return refusal ?? (reply.code === 354 ? undefined : reply)
}

/** The server closes the connection, and nothing more is said. */
function hangUp({ end }: Dialogue, refusal: Refusal | undefined): Refusal | undefined {
  end()
  return refusal
}

/** The next reply; none when the server hung up after a refusal, which stands. */
function nextReply({ replies }: Dialogue, refusal: Refusal | undefined): Promise<Reply | undefined> {
  return replies.next().catch((error: Error) => {
    if (!refusal) throw error
    return undefined
  })
}

async function oneByOne(dialogue: Dialogue, commands: string[]): Promise<Refusal | undefined> {
  for (const command of commands) {
    dialogue.socket.write(`${command}\r\n`)
    const reply = await dialogue.replies.next()
    if (reply.code >= 300 && reply.code !== 354) {
      if (reply.code !== closingCode) await reset(dialogue)
      return { ...reply, ofSender: command === commands[0] }
    }
  }
  return undefined
}

async function reset({ socket, replies, end }: Dialogue): Promise<void> {
  socket.write('RSET\r\n')
  const reply = await replies.next().catch(() => undefined)
  if (reply?.code !== 250) end()
}

const rejected = ({ code, text, ofSender }: Refusal): SendOutcome => ({ kind: 'rejected', code, reply: text, ofSender })
