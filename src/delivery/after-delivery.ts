import type { App } from '../app.ts'
import { mailDomainOf } from '../platform/address.ts'
import { retryForever } from '../platform/retry-forever.ts'
import { suppress } from '../readers/store/suppressions.ts'
import { isMailboxAbandoned } from './bounces/take-bounce.ts'
import type { ClaimBuffer } from './claim-buffer.ts'
import { isOurFault } from './rules/delivery-result.ts'
import { isFullMailbox, isThrottling } from './rules/enhanced-status.ts'
import type { RefusalBreaker } from './rules/refusal-breaker.ts'
import { noteFullMailbox } from './store/bounces.ts'
import type { Claim } from './store/claims.ts'
import { pauseEdition } from './store/pauses.ts'
import type { ClaimResult } from './store/record-and-begin.ts'
import { backOffDomain } from './store/send-limits.ts'

/** What a run of deliveries remembers of its results. */
export type RunResults = { buffer: ClaimBuffer; breaker: RefusalBreaker; accepted: number }

/** Does what follows from a result that is in the ledger: suppressions, pauses, waits of a mail domain. */
export async function afterDelivery(app: App, run: RunResults, delivered: ClaimResult): Promise<void> {
  const { claim, result } = delivered
  run.buffer.settle(claim)
  if (result.state === 'accepted') run.accepted++
  app.log.info({ delivery: claim.id, state: result.state, attempt: claim.attempts }, 'delivered mail')
  const tooManyRefused = run.breaker.note(claim.edition_id, isOurFault(result), app.now())
  if (result.state === 'accepted' || result.state === 'unknown') return
  await retryForever(app, { delivery: claim.id }, () =>
    drawConsequences(app, run, delivered, tooManyRefused).catch((error: Error) => skipOurFault(app, claim, error)),
  )
}

/** What the database refuses for good (by its SQLSTATE), or never came to it, is our fault and stops no connection. */
function skipOurFault(app: App, { id }: Claim, error: Error & { code?: string }): void {
  const isOurs = error instanceof TypeError || error instanceof RangeError || /^(?:22|23|42|54)/.test(error.code ?? '')
  if (!isOurs) throw error
  app.log.error({ err: error, delivery: id }, 'could not act on the result of a delivery')
}

async function drawConsequences(
  app: App,
  { buffer }: RunResults,
  { claim, result }: ClaimResult,
  tooManyRefused: boolean,
): Promise<void> {
  if (tooManyRefused) await stopEdition(app, buffer, claim.edition_id, result.reply)
  if (result.state === 'deferred' && isThrottling(result.reply)) {
    await slowDown(app, buffer, mailDomainOf(claim.email))
  }
  if (isFullMailbox(result.reply)) await noteMailboxFull(app, claim, result.reply)
  if (result.state !== 'failed' || !result.suppress) return
  // The mail server says that the address is dead; mailing it again would cost the sender its reputation.
  await app.db.transaction().execute((tx) => suppress(tx, claim.email, result.reply.slice(0, 200), app.now()))
}

/** Said here or by a later bounce, a full mailbox counts the same: after several editions it is given up. */
async function noteMailboxFull(app: App, { id, subscriber_id, email }: Claim, reply: string): Promise<void> {
  await app.db.transaction().execute(async (tx) => {
    await noteFullMailbox(tx, id, reply.slice(0, 300), app.now())
    if (await isMailboxAbandoned(app, tx, subscriber_id))
      await suppress(tx, email, `mailbox full: ${reply}`.slice(0, 200), app.now())
  })
}

async function stopEdition(app: App, buffer: ClaimBuffer, edition: number, reply: string): Promise<void> {
  if (await pauseEdition(app.db, edition, reply.slice(0, 200), app.now())) {
    app.log.error({ edition, reply }, 'paused edition: too many refusals')
  }
  await buffer.release({ edition })
}

async function slowDown(app: App, buffer: ClaimBuffer, domain: string): Promise<void> {
  const until = await backOffDomain(app.db, domain, app.now())
  app.log.warn({ domain, until: until.toString() }, 'slowed down for a mail domain')
  await buffer.release({ domain, until })
}
