import type { App } from '../app.ts'
import { withoutAddresses } from '../platform/text/without-addresses.ts'
import { suppressionKey } from '../readers/store/suppressions.ts'
import { afterDelivery, type RunResults } from './after-delivery.ts'
import { createClaimBuffer } from './claim-buffer.ts'
import { createLedgerWriter } from './ledger-writer.ts'
import { createRelayRateLimiter } from './relay-rate-limiter.ts'
import { relayRest } from './rules/delivery-result.ts'
import { createRefusalBreaker } from './rules/refusal-breaker.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { type RelayFailure, runSender, type SenderRun } from './sender.ts'
import { endRelayTrouble, noteRelayTrouble } from './store/relay-trouble.ts'

/**
 * Sends what is due until nothing is, over the connections that no other run in this process uses. Each sender returns its
 * connection when it ends, so that one slow server delays no other mail.
 * @returns how many mails were accepted
 */
export async function deliverMail(app: App, signal = new AbortController().signal): Promise<number> {
  const buffer = createClaimBuffer(app, await suppressionKey(app.ledger), signal)
  const results: RunResults = { buffer, breaker: createRefusalBreaker(), accepted: 0 }
  const run: SenderRun = {
    buffer,
    writer: createLedgerWriter(app, signal, (result) => afterDelivery(app, results, result)),
    rates: createRelayRateLimiter(app, signal),
    signal,
    connected: 0,
  }
  const senders = Array.from({ length: app.mail.reserveAll() }, () => runSender(app, run))
  const ends = await Promise.allSettled(senders)
  await closeBuffer(app, run)
  await noteRelay(app, run.relayFailure, results.accepted)
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure) throw failure.reason
  return results.accepted
}

/** What was not begun is due at once, or when the relay has rested. */
function closeBuffer(app: App, { buffer, relayFailure }: SenderRun): Promise<void> {
  if (!relayFailure) return buffer.close(app.now())
  const { rest } = relayFailure
  return buffer.close(app.now().add(rest ?? relayRest), rest ? waitsFor.relayLimit : waitsFor.relay)
}

/** A relay that cannot be used fails no delivery: all wait, and an alarm tells the admin. */
async function noteRelay(app: App, failure: RelayFailure | undefined, accepted: number): Promise<void> {
  if (!failure || (failure.rest && accepted)) return accepted ? endRelayTrouble(app.db) : undefined
  const reason = withoutAddresses(failure.reply)
  if (failure.rest) app.log.warn({ reason }, 'the relay limits our mail')
  else app.log.error({ reason }, 'the relay cannot be used; check SMTP_URL')
  await noteRelayTrouble(app.db, reason, app.now())
}
