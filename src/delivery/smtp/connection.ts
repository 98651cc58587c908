import { needsSmtpUtf8 } from '../../platform/address.ts'
import type { SendOutcome } from '../rules/delivery-result.ts'
import type { Session } from './connect.ts'
import { createReplies, type Replies } from './replies.ts'
import { closingCode, type Dialogue, type Envelope, transact } from './transaction.ts'

/** An open connection that carries one message at a time. */
export type SmtpConnection = {
  /**
   * Never throws: what becomes of the message is data. The envelope goes out at once, the message once `permit` is true.
   * If `permit` is false or fails, the message is withheld and the connection ends.
   */
  send(envelope: Envelope, permit: Promise<boolean>): Promise<SendOutcome>
  /** False once the connection is of no more use. */
  alive(): boolean
  /** How many messages it has carried. */
  sent(): number
  /** True when it has carried as many as one connection should. */
  spent(): boolean
  onEnd(listener: () => void): void
  /** Says QUIT and ends. */
  quit(): void
  /** Ends at once. */
  close(): void
}

/** No transaction may last longer, even when the server keeps talking. */
const transactionMs = 11 * 60_000

type State = {
  session: Session
  replies: Replies
  alive: boolean
  sent: number
  listeners: Set<() => void>
}

/** Speaks SMTP on an open session. After `maxMessages` the connection is spent. */
export function createSmtpConnection(session: Session, maxMessages: number): SmtpConnection {
  const replies = createReplies(() => end())
  const state: State = { session, replies, alive: true, sent: 0, listeners: new Set() }
  const end = (): void => leave(state, { politely: false })
  const { socket, pipelining, smtpUtf8, maxSize } = session
  const dialogue: Dialogue = { socket, pipelining, smtpUtf8, maxSize, replies, end }
  socket.on('data', replies.read)
  for (const event of ['error', 'close', 'timeout', 'end']) socket.on(event, end)
  return {
    send: (envelope, permit) => send(state, dialogue, envelope, permit),
    alive: () => state.alive,
    sent: () => state.sent,
    spent: () => state.sent >= maxMessages,
    onEnd: (listener) => void state.listeners.add(listener),
    quit() {
      if (state.alive) socket.write('QUIT\r\n')
      leave(state, { politely: true })
    },
    close: end,
  }
}

function leave(state: State, { politely }: { politely: boolean }): void {
  if (!state.alive) return
  state.alive = false
  state.replies.fail()
  if (!politely) state.session.socket.destroy() // else what is buffered would still go out, and be sent again elsewhere
  state.session.close()
  for (const listener of state.listeners) listener()
}

async function send(
  state: State,
  dialogue: Dialogue,
  envelope: Envelope,
  permit: Promise<boolean>,
): Promise<SendOutcome> {
  if (!isWritable(envelope.to) || !isWritable(envelope.from)) return unwritable
  if (needsSmtpUtf8(envelope.to) && !dialogue.smtpUtf8) return needsUtf8
  const { end, replies } = dialogue
  const progress = { handedOver: false }
  const deadline = setTimeout(end, transactionMs)
  permit.then((allowed) => (allowed ? deadline.refresh() : end()), end)
  try {
    if (replies.hasUnexpected()) end()
    if (!state.alive) throw new Error('the connection was closed')
    const outcome = await transact(dialogue, envelope, permit, progress)
    state.sent++
    if (outcome.kind === 'rejected' && outcome.code === closingCode) end()
    return outcome
  } catch (error) {
    end()
    return { kind: progress.handedOver ? 'lost' : 'interrupted', reply: (error as Error).message }
  } finally {
    clearTimeout(deadline)
  }
}

/** What can stand between the angle brackets of an envelope; all else is refused before any server sees it (553). */
const isWritable = (address: string): boolean => /^[!-;=?-~\p{L}\p{M}\p{N}]{1,320}$/u.test(address)
const needsUtf8: SendOutcome = {
  kind: 'unsendable',
  reply: 'the mail server takes no addresses with letters outside ASCII before the @ (it does not offer SMTPUTF8)',
}
const unwritable: SendOutcome = { kind: 'rejected', code: 553, reply: '553 5.1.3 the address cannot be written' }
