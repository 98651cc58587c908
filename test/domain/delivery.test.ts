import { expect, test } from 'vitest'
import { type SendOutcome, verdictOf } from '../../src/domain/delivery.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
type Sent = Exclude<SendOutcome, { kind: 'relay' }>
const digest = (outcome: Sent, attempts = 1, datedAt = now) =>
  verdictOf(outcome, { kind: 'daily', attempts, datedAt }, now)
const busy: Sent = { kind: 'rejected', code: 451, reply: '451 4.3.2 busy' }

test('the waits grow from five minutes to six hours', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempts) => {
    const verdict = digest(busy, attempts)
    return verdict.state === 'deferred' ? now.until(verdict.dueAt).total('minutes') : verdict.state
  })
  expect(waits).toEqual([5, 15, 30, 60, 120, 240, 360, 360, 360])
})

test('after 72 hours without success a delivery fails', () => {
  expect(digest(busy, 9, now.subtract({ hours: 71 }))).toMatchObject({ state: 'failed', suppress: false })
})

test.each([
  ['550 5.1.1 no such user', true],
  ['550 5.1.10 null MX', true],
  ['550 5.2.1 disabled', true],
  ['552 5.2.2 mailbox full', false],
  ['554 5.7.1 spam', false],
  ['550 go away', false],
])('%s fails, and ends the address: %s', (reply, suppress) => {
  expect(digest({ kind: 'rejected', code: 550, reply })).toMatchObject({ state: 'failed', suppress })
})

test('an interruption before the dot is tried again; one after it is unknown', () => {
  expect(digest({ kind: 'interrupted', reply: 'reset' }).state).toBe('deferred')
  expect(digest({ kind: 'lost', reply: 'reset' }).state).toBe('unknown')
  expect(
    verdictOf({ kind: 'lost', reply: 'reset' }, { kind: 'confirmation', attempts: 1, datedAt: now }, now).state,
  ).toBe('deferred')
})
