import { readConfig } from '../../src/config.ts'
import type { ClaimBuffer, Task } from '../../src/delivery/claim-buffer.ts'
import { composeEdition } from '../../src/delivery/compose.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createRelayRateLimiter } from '../../src/delivery/relay-rate-limiter.ts'
import { createRefusalBreaker } from '../../src/delivery/rules/refusal-breaker.ts'
import { runSender } from '../../src/delivery/sender.ts'
import type { Claim } from '../../src/delivery/store/claims.ts'
import { findEdition } from '../../src/editions/store/editions.ts'
import { openApp } from '../../src/open-app.ts'
import { heartbeat, registerWorker } from '../../src/platform/db/lease.ts'

/** One worker in a process of its own: sends what is due, or so many mails without any ledger, and says what it took. */
const { env, bare } = JSON.parse(process.argv[2]!) as { env: Record<string, string>; bare?: number }
const { app, close } = await openApp(readConfig({ ...env, SAMPLES: '0', LOG_LEVEL: 'error' }), () =>
  Temporal.Now.instant(),
)
app.worker.id = await registerWorker(app.db, `bench:${process.pid}`)
const beating = setInterval(() => heartbeat(app.db, app.worker.id), 5_000)
const cpuBefore = process.cpuUsage()
const begun = performance.now()
const accepted = bare ? await sendBare(bare) : await deliverMail(app)
const seconds = (performance.now() - begun) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
clearInterval(beating)
await close()
console.log(
  JSON.stringify({
    accepted,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
)

/** The same priorities and letters, but the mails come from memory and nothing is written down. */
async function sendBare(count: number): Promise<number> {
  const letter = composeEdition(app, (await findEdition(app.db, 'bench'))!)
  const dated_at = Temporal.Instant.from('2026-11-23T05:00:00Z')
  let n = 0
  const claim = (): Claim => ({
    ...{
      id: n,
      claim_id: 1,
      edition_id: 1,
      subscriber_id: n,
      subscription_id: n,
      sending: 0,
      attempts: 1,
      priority: 5,
    },
    ...{ message_id: `<${n}@example.org>`, dated_at, email: `reader${n}@example.org`, nonce: 'abc', kind: 'daily' },
  })
  const supply: ClaimBuffer = {
    next: (): Task | undefined => (n++ < count ? { claim: claim(), suppressionHash: '', edition: letter } : undefined),
    more: async () => false,
    giveBack() {},
    done() {},
    withhold: async () => {},
    withdraw: async () => {},
    async close() {},
  }
  const { signal } = new AbortController()
  const run = {
    ...{ supply, turns: { take: async () => true }, pace: createRelayRateLimiter(app, signal), signal },
    ...{ storm: createRefusalBreaker(), accepted: 0, connected: 0 },
  }
  await Promise.all(Array.from({ length: app.mail.reserve() }, () => runSender(app, run)))
  return run.accepted
}
