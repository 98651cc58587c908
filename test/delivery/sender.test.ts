import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClaimBuffer, Task } from '../../src/delivery/claim-buffer.ts'
import { createRelayRateLimiter } from '../../src/delivery/relay-rate-limiter.ts'
import { createRefusalBreaker } from '../../src/delivery/rules/refusal-breaker.ts'
import { runSender } from '../../src/delivery/sender.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import type { Claim } from '../../src/delivery/store/claims.ts'
import type { Begin, ClaimResult } from '../../src/delivery/store/record-and-begin.ts'
import { type FaultSink, startFaultSink } from '../faults/sink.ts'
import { type Desk, openDesk } from '../support/desk.ts'

let desk: Desk
let sink: FaultSink
beforeEach(async () => {
  desk = await openDesk('2026-11-23T12:00:00Z')
  sink = await startFaultSink()
})
afterEach(async () => {
  desk.app.mail.close(true)
  await sink.close()
  await desk.close()
})

/** One lane sends so many mails, of a ledger that takes its time. */
async function sendOver(mails: number, take: (answer?: ClaimResult, begin?: Begin) => Promise<boolean>): Promise<void> {
  desk.app.mail = createOutbox({
    relays: [sink.url],
    ehloName: 'localhost',
    connections: 1,
    messagesPerConnection: 100,
  })
  desk.app.mail.reserve()
  const { signal } = new AbortController()
  const waiting = Array.from({ length: mails }, (_, n) => taskOf(n))
  const supply: ClaimBuffer = {
    next: () => waiting.shift(),
    more: async () => false,
    giveBack: (task) => void waiting.unshift(task),
    done: () => {},
    withhold: async () => {},
    withdraw: async () => {},
    close: async () => {},
  }
  const pace = createRelayRateLimiter(desk.app, signal)
  const storm = createRefusalBreaker()
  await runSender(desk.app, { supply, turns: { take }, pace, storm, signal, accepted: 0, connected: 0 })
}

function taskOf(id: number): Task {
  const dated_at = Temporal.Instant.from('2026-11-23T05:00:00Z')
  const claim = { id, attempts: 1, kind: 'daily', dated_at, email: `reader${id}@example.org` } as Claim
  const wire = Buffer.from(`Message-ID: <${id}@example.org>\r\n\r\nb\r\n.\r\n`)
  const copyFor = async () => ({ from: 'desk@example.org', to: claim.email, wire })
  return { claim, suppressionHash: '', edition: { copyFor } }
}

test('an answer comes to the ledger only after its mail was said to be begun there, on whatever connection', async () => {
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
  await sendOver(12, async (answer, begin) => {
    if (answer && beginning.has(answer.claim.id)) early.push(answer.claim.id)
    if (answer) states.push(answer.result.state)
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
