import { expect, test } from 'vitest'
import { deliveryResult, isOurFault, type SendOutcome } from '../../src/delivery/rules/delivery-result.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const digest = (outcome: SendOutcome, attempts = 1, datedAt = now) =>
  deliveryResult(outcome, { kind: 'daily', attempts, datedAt }, now)
const busy: SendOutcome = { kind: 'rejected', code: 451, reply: '451 4.3.2 busy' }

test('the waits between attempts grow from five minutes to six hours', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempts) => {
    const result = digest(busy, attempts)
    return result.state === 'deferred' ? now.until(result.dueAt).total('minutes') : result.state
  })
  expect(waits).toEqual([5, 15, 30, 60, 120, 240, 360, 360, 360])
})

test('after 72 hours without success a delivery fails', () => {
  expect(digest(busy, 9, now.subtract({ hours: 71 }))).toMatchObject({ state: 'failed', refusal: null })
})

test.each([
  ['550 5.1.1 no such user', 'dead'],
  ['550 5.1.10 null MX', 'dead'],
  ['550 5.2.1 disabled', 'dead'],
  ['552 5.2.2 mailbox full', 'full'],
  ['554 5.7.1 spam', 'policy'],
  ['550 go away', 'policy'],
])('a delivery that is refused with %s fails, and the refusal is of the kind %s', (reply, refusal) => {
  expect(digest({ kind: 'rejected', code: 550, reply })).toMatchObject({ state: 'failed', refusal })
})

test('a delivery is tried again when the connection breaks before the final dot, and unknown when it breaks after it', () => {
  expect(digest({ kind: 'interrupted', reply: 'reset' }).state).toBe('deferred')
  expect(digest({ kind: 'lost', reply: 'reset' }).state).toBe('unknown')
  expect(
    deliveryResult({ kind: 'lost', reply: 'reset' }, { kind: 'confirmation', attempts: 1, datedAt: now }, now).state,
  ).toBe('deferred')
})

test('an alert is worth sending for a day, everything else for three', () => {
  const datedAt = now.subtract({ hours: 25 })
  const alert = deliveryResult(busy, { kind: 'alert', attempts: 1, datedAt }, now)
  expect(alert).toMatchObject({ state: 'failed', reason: 'the mail could not be sent within 24 hours' })
  expect(digest(busy, 1, datedAt).state).toBe('deferred')
})

test('a refusal of our own address is never the fault of the reader', () => {
  const result = digest({ kind: 'rejected', code: 550, reply: '550 5.1.1 unknown sender', ofSender: true })
  expect(result).toMatchObject({ state: 'failed', refusal: 'policy' })
  expect(isOurFault(result)).toBe(true)
})

test.each([
  ['550 5.1.1 no such user', false],
  ['552 5.2.2 mailbox full', false],
  ['554 5.7.1 spam', true],
  ['550 go away', true],
])('a refusal with %s is our fault: %s', (reply, ours) => {
  expect(isOurFault(digest({ kind: 'rejected', code: 550, reply }))).toBe(ours)
})

test('a delivery never fails because the relay wants us to sign in or to encrypt, however old it is', () => {
  for (const code of [530, 534, 535, 538]) {
    const refusal: SendOutcome = { kind: 'rejected', code, reply: `${code} 5.7.0 authenticate first` }
    expect(digest(refusal, 9, now.subtract({ hours: 100 }))).toMatchObject({ state: 'deferred' })
  }
})
