import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClaimBuffer, Task } from '../../src/delivery/claim-buffer.ts'
import type { LedgerWriter } from '../../src/delivery/ledger-writer.ts'
import { createRelayRateLimiter } from '../../src/delivery/relay-rate-limiter.ts'
import { runSender } from '../../src/delivery/sender.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import type { Claim } from '../../src/delivery/store/claims.ts'
import type { Begin, ClaimResult } from '../../src/delivery/store/record-and-begin.ts'
import { type FaultSink, startFaultSink } from '../faults/sink.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let sink: FaultSink
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  sink = await startFaultSink()
})
afterEach(async () => {
  app.mail.close(true)
  await sink.close()
  await app.close()
})

/** One sender sends so many mails, with a ledger that takes its time. */
async function sendOver(
  mails: number,
  write: (result?: ClaimResult, begin?: Begin) => Promise<boolean>,
): Promise<void> {
  app.mail = createOutbox({
    relays: [sink.url],
    ehloName: 'localhost',
    connections: 1,
    messagesPerConnection: 100,
  })
  app.mail.reserveAll()
  const { signal } = new AbortController()
  const waiting = Array.from({ length: mails }, (_, n) => taskOf(n))
  const buffer: ClaimBuffer = {
    take: () => waiting.shift(),
    refill: async () => false,
    putBack: (task) => void waiting.unshift(task),
    settle: () => {},
    release: async () => {},
    close: async () => {},
  }
  const followUp = Promise.resolve()
  const writer: LedgerWriter = {
    write: async (result, begin) => ({ begun: await write(result, begin), followUp }),
  }
  const rates = createRelayRateLimiter(app, signal)
  await runSender(app, { buffer, writer, rates, signal, connected: 0 })
}

function taskOf(id: number): Task {
  const dated_at = Temporal.Instant.from('2026-11-23T05:00:00Z')
  const claim = { id, attempts: 1, kind: 'daily', dated_at, email: `reader${id}@example.org` } as Claim
  const wire = Buffer.from(`Message-ID: <${id}@example.org>\r\n\r\nb\r\n.\r\n`)
  const copyFor = async () => ({ from: 'desk@example.org', to: claim.email, wire })
  return { claim, suppressionHash: '', edition: { copyFor } }
}

test('the ledger gets a result only after it has said submitted for that mail, on whatever connection', async () => {
  const refused = new WeakSet<object>()
  sink.script = (step, mail) => {
    if (step === 'mail' && mail.n === 2) return 'reset'
    if (step !== 'rcpt' || refused.has(mail)) return undefined
    refused.add(mail)
    return '450 4.2.0 come again'
  }
  const beginning = new Set<number>()
  const early: number[] = []
  const states: string[] = []
  await sendOver(12, async (result, begin) => {
    if (result && beginning.has(result.claim.id)) early.push(result.claim.id)
    if (result) states.push(result.result.state)
    if (begin) beginning.add(begin.claim.id)
    await delay(100)
    if (begin) beginning.delete(begin.claim.id)
    return true
  })
  expect(early).toEqual([])
  expect(states).toHaveLength(12)
  expect(states.filter((state) => state === 'accepted')).toHaveLength(sink.taken.length)
})

test('a message leaves only after the ledger has said yes; one that may not go ends its connection and no other mail', async () => {
  const allowed = new Set<string>()
  let unallowed = 0
  sink.script = (step, { recipient }) => void (step === 'dot' && !allowed.has(recipient) && unallowed++)
  await sendOver(6, async (_, begin) => {
    await delay(100)
    if (begin && begin.claim.id !== 3) allowed.add(begin.claim.email)
    return begin?.claim.id !== 3
  })
  expect([unallowed, sink.taken.length]).toEqual([0, 5])
})
