import type { App } from '../app.ts'
import { suppress } from '../readers/store/suppressions.ts'
import { isMailboxAbandoned } from './bounces/take-report.ts'
import type { ClaimBuffer } from './claim-buffer.ts'
import { mailDomainOf } from './eligibility.ts'
import { retryForever } from './retry-forever.ts'
import { isOurFault } from './rules/delivery-result.ts'
import { isFullMailbox, isThrottling } from './rules/enhanced-status.ts'
import type { RefusalBreaker } from './rules/refusal-breaker.ts'
import { noteFullMailbox } from './store/bounces.ts'
import type { Claim } from './store/claims.ts'
import { pauseEdition } from './store/pauses.ts'
import type { ClaimResult } from './store/record-and-begin.ts'
import { backOffDomain } from './store/send-limits.ts'

/** What a run remembers of its answers. */
export type AfterDelivery = { supply: ClaimBuffer; storm: RefusalBreaker; accepted: number }

/** What follows from an answer once it is in the ledger. */
export async function afterDelivery(app: App, run: AfterDelivery, answer: ClaimResult): Promise<void> {
  const { claim, result: verdict } = answer
  run.supply.done(claim)
  if (verdict.state === 'accepted') run.accepted++
  app.log.info({ delivery: claim.id, state: verdict.state, attempt: claim.attempts }, 'delivered mail')
  const stormy = run.storm.note(claim.edition_id, isOurFault(verdict), app.now())
  if (verdict.state === 'accepted' || verdict.state === 'unknown') return
  await retryForever(app, { delivery: claim.id }, () =>
    drawConsequences(app, run, answer, stormy).catch((error: Error) => passOver(app, claim, error)),
  )
}

/** What the database refuses for good (by its SQLSTATE), or never came to it, is a fault of ours, and stops no connection. */
function passOver(app: App, { id }: Claim, error: Error & { code?: string }): void {
  const isOurs = error instanceof TypeError || error instanceof RangeError || /^(?:22|23|42|54)/.test(error.code ?? '')
  if (!isOurs) throw error
  app.log.error({ err: error, delivery: id }, 'could not draw the consequences of an answer')
}

async function drawConsequences(app: App, run: AfterDelivery, answer: ClaimResult, stormy: boolean): Promise<void> {
  const { claim, result: verdict } = answer
  if (stormy) await stopEdition(app, run, claim.edition_id, verdict.reply)
  if (verdict.state === 'deferred' && isThrottling(verdict.reply)) await slowDown(app, run, mailDomainOf(claim.email))
  if (isFullMailbox(verdict.reply)) await foundFull(app, claim, verdict.reply)
  if (verdict.state !== 'failed' || !verdict.suppress) return
  // The mail server says that the address is dead; writing to it again would cost us our name.
  await app.db.transaction().execute((tx) => suppress(tx, claim.email, verdict.reply.slice(0, 200), app.now()))
}

/** Said here or by a later report, it counts the same: a mailbox that stays full is given up. */
async function foundFull(app: App, { id, subscriber_id, email }: Claim, reply: string): Promise<void> {
  await app.db.transaction().execute(async (tx) => {
    await noteFullMailbox(tx, id, reply.slice(0, 300), app.now())
    if (await isMailboxAbandoned(app, tx, subscriber_id))
      await suppress(tx, email, `mailbox full: ${reply}`.slice(0, 200), app.now())
  })
}

async function stopEdition(app: App, run: AfterDelivery, edition: number, reply: string): Promise<void> {
  if (await pauseEdition(app.db, edition, reply.slice(0, 200), app.now())) {
    app.log.error({ edition, reply }, 'paused edition: too many refusals')
  }
  await run.supply.withdraw(edition)
}

async function slowDown(app: App, run: AfterDelivery, domain: string): Promise<void> {
  const until = await backOffDomain(app.db, domain, app.now())
  app.log.warn({ domain, until: until.toString() }, 'slowed down for a mail domain')
  await run.supply.withhold(domain, until)
}
