import type { App } from '../app.ts'
import { retryForever } from '../platform/retry-forever.ts'
import type { ClaimBuffer, Task } from './claim-buffer.ts'
import type { LedgerWriter } from './ledger-writer.ts'
import { type Allocate, createReusableBuffer } from './message/reusable-buffer.ts'
import type { RelayRateLimiter } from './relay-rate-limiter.ts'
import { deliveryResult, type SendOutcome } from './rules/delivery-result.ts'
import { isRelayRefusal, limitsRelay, mayLimitRelay } from './rules/enhanced-status.ts'
import type { SmtpConnection } from './smtp/connection.ts'
import { releaseClaims } from './store/claims.ts'
import { type Begin, type ClaimResult, skipIneligible } from './store/record-and-begin.ts'

/** What all connections of one run share. */
export type SenderRun = {
  buffer: ClaimBuffer
  writer: LedgerWriter
  rates: RelayRateLimiter
  signal: AbortSignal
  /** How many senders have a connection. */
  connected: number
  /** Why no relay can be used; it ends every sender of the run. */
  relayFailure?: RelayFailure
}

/** `rest`: the relay limits our mail, and is left alone for so long; without it, something is wrong. */
export type RelayFailure = { reply: string; rest?: Temporal.Duration | undefined }

/** One connection at work. */
type Sender = {
  app: App
  run: SenderRun
  connection: SmtpConnection | undefined
  /** The result of the last mail, until the ledger has it. */
  result: ClaimResult | undefined
  /** What follows from recorded results and has not happened yet. */
  followUps: Set<Promise<void>>
  /** A result comes only when the whole message has left: then the next message may stand in its memory. */
  allocate: Allocate
  /** The relay has no capacity for this connection: the sender ends, and others go on. */
  limited: boolean
}

/**
 * Sends mail after mail over one connection. In one commit the ledger gets the result of the mail before and says
 * submitted for this one, while the mail server hears of it; the message itself leaves after that commit. Ends when
 * nothing is due, the run stops, or no connection can be had.
 */
export async function runSender(app: App, run: SenderRun): Promise<void> {
  const sender: Sender = {
    app,
    run,
    connection: undefined,
    result: undefined,
    followUps: new Set(),
    allocate: createReusableBuffer(),
    limited: false,
  }
  try {
    for (let task = await nextTask(sender); task; task = await nextTask(sender)) {
      const connection = await openConnection(sender)
      if (!connection) return run.buffer.putBack(task)
      if (await admit(sender, connection, task)) await send(sender, connection, task)
    }
    await record(sender)
  } finally {
    await followUpsOf(sender)
    leaveConnection(sender)
    app.mail.release()
  }
}

/** The next mail; undefined when nothing is due or the run ends. */
async function nextTask(sender: Sender): Promise<Task | undefined> {
  const { run, followUps } = sender
  while (!run.signal.aborted && !run.relayFailure && !sender.limited) {
    if (followUps.size) {
      await record(sender) // a known result need not wait for what follows from an earlier one
      await followUpsOf(sender)
    }
    const task = run.buffer.take()
    if (task) return task
    await record(sender)
    await followUpsOf(sender)
    if (!(await run.buffer.refill())) return undefined
  }
  return undefined
}

/** The connection of the sender, or a new one in place of one that is gone or has carried its share. */
async function openConnection(sender: Sender): Promise<SmtpConnection | undefined> {
  if (sender.connection?.alive() && !sender.connection.spent()) return sender.connection
  await record(sender)
  return renewConnection(sender)
}

/** False when the relay's rate allows no mail now: the mail is put back, and perhaps another relay is connected. */
async function admit(sender: Sender, connection: SmtpConnection, task: Task): Promise<boolean> {
  const { rates, buffer } = sender.run
  if (await rates.admits(connection)) return true
  buffer.putBack(task)
  await record(sender)
  if (await rates.waitForCapacity()) await renewConnection(sender)
  return false
}

/** What is wrong with one mail (a template, an address) ends that mail and delays no other. */
async function send(sender: Sender, connection: SmtpConnection, task: Task): Promise<void> {
  try {
    await sendOver(sender, connection, task)
  } catch (error) {
    await record(sender)
    sender.result = internalError(sender.app, task, error as Error)
  }
}

async function sendOver(sender: Sender, connection: SmtpConnection, task: Task): Promise<void> {
  const { app, run } = sender
  const envelope = await task.edition.copyFor(task.claim, sender.allocate)
  let used = connection
  let begun = record(sender, task)
  let outcome = await used.send(envelope, begun)
  while ((await begun) && newConnectionHelps(sender, used, outcome)) {
    const renewed = await renewConnection(sender)
    if (!renewed) break
    used = renewed
    begun = run.writer.write(undefined, task).then((written) => written.begun)
    outcome = await used.send(envelope, begun)
  }
  if (!(await begun)) return releaseUnbegun(app, run, task)
  if (outcome.kind === 'accepted') app.mail.took(used)
  else if (outcome.kind === 'rejected' && limitsRelay(outcome)) outcome.rest = restRelay(sender, used, outcome.reply)
  sender.result = resultOf(app, task, outcome)
  if (outcome.kind === 'rejected' && isRelayRefusal(outcome.code)) leaveRelay(app, run, used, outcome.reply)
}

/**
 * Whether a mail is tried at once over another connection: it has not left, and the server had tired of a used connection, or
 * limits what one connection may carry. Idle connections may have carried their share too; a new one decides. A relay that
 * limits a new connection is left for another one that has capacity.
 */
function newConnectionHelps({ app, run }: Sender, used: SmtpConnection, outcome: SendOutcome): boolean {
  if (outcome.kind === 'interrupted') return used.sent() > 0
  if (outcome.kind !== 'rejected' || !mayLimitRelay(outcome)) return false
  if (used.sent() > 1) {
    used.close()
    return true
  }
  if (!limitsRelay(outcome)) return false
  app.mail.avoid(used)
  return app.mail.hasCapacity(run.rates.isFull)
}

/** Leaves a relay that limits us, and says for how long. The sender ends unless another relay has capacity. */
function restRelay(sender: Sender, connection: SmtpConnection, reply: string): Temporal.Duration {
  const { app, run } = sender
  const rest = app.mail.rest(connection)
  leaveConnection(sender)
  if (app.mail.hasCapacity(run.rates.isFull)) return rest
  sender.limited = true
  if (!run.connected) run.relayFailure ??= { reply, rest }
  return rest
}

/** Writes the result that is known and says submitted for the mail to begin, in one commit; true when it may be sent. */
async function record(sender: Sender, begin?: Begin): Promise<boolean> {
  const { result, run, followUps } = sender
  if (!result && !begin) return false
  sender.result = undefined
  const { begun, followUp } = await run.writer.write(result, begin)
  if (result) {
    const following = followUp.finally(() => followUps.delete(following))
    followUps.add(following)
  }
  return begun
}

const followUpsOf = ({ followUps }: Sender): Promise<unknown> => Promise.all(followUps)

/** A mail that was not begun is skipped where it must not go out. Else this worker stops or lost its lease: it is due again. */
async function releaseUnbegun(app: App, run: SenderRun, begin: Begin): Promise<void> {
  await retryForever(app, { delivery: begin.claim.id }, async () => {
    const now = app.now()
    await skipIneligible(app.ledger, [begin], now)
    await releaseClaims(app.db, [begin.claim], { state: 'due', dueAt: now }, now)
  })
  run.buffer.settle(begin.claim)
}

/** When no sender of the run has a connection any more, no relay can be used and the run ends. */
async function renewConnection(sender: Sender): Promise<SmtpConnection | undefined> {
  const { app, run } = sender
  leaveConnection(sender)
  const found = await app.mail.connect(run.signal, run.rates.isFull)
  if (found.kind === 'open') {
    run.connected++
    sender.connection = found.connection
    return found.connection
  }
  if (!run.connected && !run.signal.aborted) run.relayFailure ??= found
  return undefined
}

function leaveConnection(sender: Sender): void {
  const { app, run, connection } = sender
  if (!connection) return
  run.connected--
  app.mail.giveBack(connection)
  sender.connection = undefined
}

/** The relay accepts our connection and then refuses us: it rests, and when no other relay is left, the run ends. */
function leaveRelay(app: App, run: SenderRun, connection: SmtpConnection, reply: string): void {
  app.mail.avoid(connection)
  if (!app.mail.hasCapacity(() => false)) run.relayFailure ??= { reply }
}

function resultOf(app: App, { claim }: Task, outcome: SendOutcome): ClaimResult {
  const delivery = { kind: claim.kind, attempts: claim.attempts, datedAt: claim.dated_at }
  return { claim, result: deliveryResult(outcome, delivery, app.now()) }
}

function internalError(app: App, { claim }: Task, error: Error): ClaimResult {
  app.log.error({ delivery: claim.id, err: error }, 'could not send mail')
  const reply = `internal error: ${error.message}`
  return { claim, result: { state: 'failed', reason: 'internal error', reply, refusal: null } }
}
