import type { App } from '../app.ts'
import { suppressionKey } from '../readers/store/suppressions.ts'
import { createClaimBuffer } from './claim-buffer.ts'
import { createLedgerWriter } from './ledger-writer.ts'
import { createRelayRateLimiter } from './relay-rate-limiter.ts'
import { relayRest } from './rules/delivery-result.ts'
import { createRefusalBreaker } from './rules/refusal-breaker.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { runSender, type SenderRun } from './sender.ts'
import { endRelayTrouble, noteRelayTrouble } from './store/relay-trouble.ts'

/**
 * Sends what is due until nothing is, over the connections that no other run in this process uses; returns how many mails
 * were accepted. Each lane hands its place back when it ends, so that one slow server delays nobody else.
 */
export async function deliverMail(app: App, signal = new AbortController().signal): Promise<number> {
  const supply = createClaimBuffer(app, await suppressionKey(app.ledger), signal)
  const turns = createLedgerWriter(app, signal)
  const pace = createRelayRateLimiter(app, signal)
  const storm = createRefusalBreaker()
  const run: SenderRun = { supply, turns, pace, storm, signal, accepted: 0, connected: 0 }
  const lanes = app.mail.reserve()
  const ends = await Promise.allSettled(Array.from({ length: lanes }, () => runSender(app, run)))
  await (run.relay ? supply.close(app.now().add(relayRest), waitsFor.relay) : supply.close(app.now()))
  await tellOfRelay(app, run)
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure) throw failure.reason
  return run.accepted
}

/** The relay is out of order or refuses us: no delivery fails for that, all wait, and the admin is told. */
async function tellOfRelay(app: App, { relay, accepted }: SenderRun): Promise<void> {
  if (!relay) return accepted ? endRelayTrouble(app.db) : undefined
  app.log.error({ reason: relay }, 'mail relay out of order')
  await noteRelayTrouble(app.db, relay, app.now())
}
