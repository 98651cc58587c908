import type { App } from '../app.ts'
import { type AfterDelivery, afterDelivery } from './after-delivery.ts'
import type { Task } from './claim-buffer.ts'
import type { LedgerWriter } from './ledger-writer.ts'
import { createReusableBuffer } from './message/reusable-buffer.ts'
import type { RelayRateLimiter } from './relay-rate-limiter.ts'
import { retryForever } from './retry-forever.ts'
import { deliveryResult, type SendOutcome } from './rules/delivery-result.ts'
import { isRelayRefusal } from './rules/enhanced-status.ts'
import type { SmtpConnection } from './smtp/connection.ts'
import { putBack } from './store/claims.ts'
import { type Begin, type ClaimResult, skipIneligible } from './store/record-and-begin.ts'

/** What the lanes of one run share; `relay` is why our own mail server cannot be used. */
export type SenderRun = AfterDelivery & {
  turns: LedgerWriter
  pace: RelayRateLimiter
  signal: AbortSignal
  /** Lanes that have a connection. */
  connected: number
  relay?: string
}

/**
 * One connection at work: a mail is composed, then in one commit the answer to the mail before is recorded and this one
 * is said to be submitted, while the mail server is told of it; the message itself leaves after the commit. Ends when
 * nothing is due, the run stops, or no line is to be had.
 */
export async function runSender(app: App, run: SenderRun): Promise<void> {
  let line: SmtpConnection | undefined
  let answer: ClaimResult | undefined
  let following = 0
  let consequences = Promise.resolve()
  // The answer comes only when the whole message has left: then the next may stand where it stood.
  const memory = createReusableBuffer()

  const settle = async (begin?: Begin): Promise<boolean> => {
    const settled = answer
    answer = undefined
    if (!settled && !begin) return false
    const begun = await run.turns.take(settled, begin)
    if (settled) follow(settled)
    return begun
  }

  /** Beside what was begun in the same commit, which must not grow old. */
  const follow = (settled: ClaimResult): void => {
    following++
    const followed = afterDelivery(app, run, settled).finally(() => following--)
    consequences = consequences.then(() => followed)
  }

  const renew = async (): Promise<boolean> => {
    line = await connectLane(app, run, line)
    return line !== undefined
  }

  const perform = async (task: Task): Promise<void> => {
    const envelope = await task.edition.copyFor(task.claim, memory)
    let permit = settle(task)
    let outcome = await line!.send(envelope, permit)
    // The server had tired of a connection that was kept for it; the mail has not left, so a new one is tried at once.
    if ((await permit) && outcome.kind === 'interrupted' && line!.sent() && (await renew())) {
      permit = run.turns.take(undefined, task)
      outcome = await line!.send(envelope, permit)
    }
    if (!(await permit)) {
      await retryForever(app, { delivery: task.claim.id }, () => letGo(app, task))
      return run.supply.done(task.claim)
    }
    answer = answerOf(app, task, outcome)
    if (outcome.kind === 'rejected' && isRelayRefusal(outcome.code)) leaveRelay(app, run, line!, outcome.reply)
  }

  try {
    while (!run.signal.aborted && !run.relay) {
      if (following) {
        await settle() // what is known need not wait for what follows from what was known before
        await consequences
      }
      const task = run.supply.next()
      if (!task) {
        await settle()
        await consequences
        if (await run.supply.more()) continue
        break
      }
      if (!line?.alive() || line.spent()) {
        await settle()
        await renew()
      }
      if (!line) return run.supply.giveBack(task)
      if (!(await run.pace.admits(line))) {
        run.supply.giveBack(task)
        await settle()
        if (await run.pace.elsewhere()) await renew()
        continue
      }
      await perform(task).catch(async (error: Error) => {
        await settle()
        answer = internalError(app, task, error)
      })
    }
    await settle()
  } finally {
    await consequences
    if (line) leaveLine(app, run, line)
    app.mail.release()
  }
}

/** What was not begun is skipped where it must not go out; else (we stop, or were taken for dead) it is due again. */
async function letGo(app: App, begin: Begin): Promise<void> {
  await skipIneligible(app.ledger, [begin], app.now())
  await putBack(app.db, [begin.claim], app.now())
}

/** A new line in place of one that is spent. When no lane has any, our relay is out of order, and the run ends. */
async function connectLane(
  app: App,
  run: SenderRun,
  old: SmtpConnection | undefined,
): Promise<SmtpConnection | undefined> {
  if (old) leaveLine(app, run, old)
  const taken = await app.mail.connect(run.signal, run.pace.isFull)
  if (taken.kind === 'open') {
    run.connected++
    return taken.line
  }
  if (!run.connected && !run.signal.aborted) run.relay ??= taken.reply
  return undefined
}

/** Our relay lets us in and then does not want us: it rests, and when no other is left, so does the run. */
function leaveRelay(app: App, run: SenderRun, line: SmtpConnection, reply: string): void {
  app.mail.distrust(line)
  if (!app.mail.hasRoom(() => false)) run.relay ??= reply
}

function leaveLine(app: App, run: SenderRun, line: SmtpConnection): void {
  run.connected--
  app.mail.giveBack(line)
}

function answerOf(app: App, { claim }: Task, outcome: SendOutcome): ClaimResult {
  const delivery = { kind: claim.kind, attempts: claim.attempts, datedAt: claim.dated_at }
  return { claim, result: deliveryResult(outcome, delivery, app.now()) }
}

/** What is wrong with one mail (a template, an address) ends that mail and delays no other. */
function internalError(app: App, { claim }: Task, error: Error): ClaimResult {
  app.log.error({ delivery: claim.id, err: error }, 'could not send mail')
  const reply = `internal error: ${error.message}`
  return { claim, result: { state: 'failed', reason: 'internal error', reply, suppress: false } }
}
