import { readConfig } from '../../src/config.ts'
import type { ClaimBuffer, Task } from '../../src/delivery/claim-buffer.ts'
import { composeEdition } from '../../src/delivery/compose.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import type { LedgerWriter } from '../../src/delivery/ledger-writer.ts'
import { createRelayRateLimiter } from '../../src/delivery/relay-rate-limiter.ts'
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

/** The same connections and messages, but the mails come from memory and nothing is written down. */
async function sendBare(count: number): Promise<number> {
  const edition = composeEdition(app, (await findEdition(app.db, 'bench'))!)
  let n = 0
  let taken = 0
  const buffer: ClaimBuffer = {
    take: (): Task | undefined => (n++ < count ? { claim: claimOf(n), suppressionHash: '', edition } : undefined),
    refill: async () => false,
    putBack() {},
    settle() {},
    release: async () => {},
    close: async () => {},
  }
  const followUp = Promise.resolve()
  const writer: LedgerWriter = {
    async write(result) {
      if (result?.result.state === 'accepted') taken++
      return { begun: true, followUp }
    },
  }
  const { signal } = new AbortController()
  const run = { buffer, writer, rates: createRelayRateLimiter(app, signal), signal, connected: 0 }
  await Promise.all(Array.from({ length: app.mail.reserveAll() }, () => runSender(app, run)))
  return taken
}

function claimOf(n: number): Claim {
  return {
    id: n,
    claim_id: 1,
    edition_id: 1,
    subscriber_id: n,
    subscription_id: n,
    sending: 0,
    attempts: 1,
    priority: 5,
    message_id: `<${n}@example.org>`,
    in_reply_to: [],
    dated_at: Temporal.Instant.from('2026-11-23T05:00:00Z'),
    email: `reader${n}@example.org`,
    nonce: 'abc',
    preferences_nonce: 'def',
    link_nonce: 'abcdef012345abcdef01',
    kind: 'daily',
  }
}
