import type { App } from '../app.ts'
import { mailDomainOf } from '../platform/address.ts'
import type { BounceKind } from '../platform/db/tables/delivery.ts'
import { retryForever } from '../platform/retry-forever.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { withoutAddresses } from '../platform/text/without-addresses.ts'
import { isErased } from '../readers/store/subscribers.ts'
import type { ClaimBuffer } from './claim-buffer.ts'
import { judgeAnswer } from './judge-answer.ts'
import { type DeliveryResult, isOurFault } from './rules/delivery-result.ts'
import { troubleLasts } from './rules/domain-trouble.ts'
import { isFullMailbox, isThrottling } from './rules/enhanced-status.ts'
import { type BreakerAct, minRefusals, type RefusalBreaker } from './rules/refusal-breaker.ts'
import { insertBounce } from './store/bounces.ts'
import type { Claim } from './store/claims.ts'
import { noteTrouble } from './store/domain-troubles.ts'
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
  const domain = mailDomainOf(claim.email)
  const stop = run.breaker.note({ edition: claim.edition_id, domain, refused: isOurFault(result) }, app.now())
  if (result.state === 'accepted' || result.state === 'unknown') return
  await retryForever(app, { delivery: claim.id }, () =>
    drawConsequences(app, run, delivered, stop).catch((error: Error) => skipOurFault(app, claim, error)),
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
  stop: BreakerAct,
): Promise<void> {
  if (stop === 'edition') await stopEdition(app, buffer, claim, result.reply)
  if (stop === 'domain') await stopDomain(app, buffer, claim, result.reply)
  if (result.state === 'deferred' && !result.ofRelay && isThrottling(result.reply)) {
    await slowDown(app, buffer, mailDomainOf(claim.email))
  }
  const kind = answerIn(result)
  if (kind) await takeReply(app, claim, kind, result.reply)
}

/** What a result says of its recipient: a full mailbox also where the mail is tried again. */
function answerIn(result: DeliveryResult): BounceKind | undefined {
  if (result.state === 'deferred') return isFullMailbox(result.reply) ? 'full' : undefined
  if (result.state !== 'failed') return undefined
  if (!result.refusal) return isFullMailbox(result.reply) ? 'full' : undefined
  return result.refusal === 'policy' || result.refusal === 'way' ? undefined : result.refusal
}

/** Said here or by a later bounce, an answer counts the same. A delivery's answers of one day and kind are one. */
async function takeReply(
  app: App,
  { id, subscriber_id, email }: Claim,
  kind: BounceKind,
  reply: string,
): Promise<void> {
  const at = app.now()
  const words = withoutAddresses(reply, email).slice(0, 300)
  const event = `reply ${id} ${kind} ${dateAt(at)}`
  const about = { delivery: id, subscriber: subscriber_id, domain: mailDomainOf(email) }
  await app.db.transaction().execute(async (tx) => {
    if (await isErased(tx, subscriber_id)) return
    await insertBounce(tx, { ...about, kind, source: 'reply', detail: words, event, at })
    await judgeAnswer(app, tx, { subscriber: subscriber_id, email, kind, words, byMail: false })
  })
}

async function stopEdition(app: App, buffer: ClaimBuffer, claim: Claim, reply: string): Promise<void> {
  const edition = claim.edition_id
  const words = withoutAddresses(reply, claim.email).slice(0, 200)
  if (await pauseEdition(app.db, edition, words, app.now())) {
    app.log.error({ edition, reply: words }, 'paused edition: too many refusals')
  }
  await buffer.release({ edition })
}

/** One mail domain refuses most of our mail: its other mails wait, and an alarm names it. */
async function stopDomain(app: App, buffer: ClaimBuffer, { email }: Claim, reply: string): Promise<void> {
  const [domain, now] = [mailDomainOf(email), app.now()]
  const words = withoutAddresses(reply, email).slice(0, 200)
  const trouble = { domain, kind: 'policy', since: now, last_at: now, refused: minRefusals, words } as const
  await noteTrouble(app.db, trouble, now.subtract(troubleLasts))
  await slowDown(app, buffer, domain)
}

async function slowDown(app: App, buffer: ClaimBuffer, domain: string): Promise<void> {
  const until = await backOffDomain(app.db, domain, app.now())
  app.log.warn({ domain, until: until.toString() }, 'slowed down for a mail domain')
  await buffer.release({ domain, until })
}
