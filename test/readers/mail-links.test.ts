import { expect, test } from 'vitest'
import { mailLinks, preferencesSubject, unsubscribeSubject } from '../../src/readers/rules/mail-links.ts'
import { newSecretKey, verifyToken } from '../../src/readers/rules/token.ts'

const datedAt = Temporal.Instant.from('2026-11-23T05:00:00Z')
const keys = [newSecretKey()]
const subscriber = {
  id: 5,
  nonce: 'a1b2c3',
  preferences_nonce: '0f0e0d0c0b0a09080706050403020100',
  link_nonce: 'a0b1c2d3e4f5a0b1c2d3',
}
const given = { keys, publicUrl: 'https://sitrep.example', datedAt, subscriber }
const tokenOf = (url: string) => new URL(url).pathname.split('/')[2]!
const daysLater = (days: number) => datedAt.add({ hours: 24 * days })

test('a retry of a mail has the same links', () => {
  expect(mailLinks(given)).toEqual(mailLinks({ ...given }))
})

test('links are short, and do not contain the address', () => {
  for (const link of Object.values(mailLinks({ ...given, subscriptionId: 12 }))) {
    expect(link).toMatch(/^https:\/\/sitrep\.example\/[ackmpruw]\/[\w.-]+$/)
    expect(link.length).toBeLessThan(120)
  }
})

test('the confirmation lasts 7 days and the preferences 30, counted from the date in the mail', () => {
  const { confirm, preferences } = mailLinks(given)
  const at = (days: number) => [
    verifyToken(keys, 'confirm', tokenOf(confirm), daysLater(days).subtract({ seconds: 1 })).kind,
    verifyToken(keys, 'preferences', tokenOf(preferences), daysLater(days).subtract({ seconds: 1 })).kind,
  ]
  expect([at(7), at(8), at(30), at(31)]).toEqual([
    ['valid', 'valid'],
    ['expired', 'valid'],
    ['expired', 'valid'],
    ['expired', 'expired'],
  ])
})

test('the confirmation is bound to the nonce of its reader', () => {
  const check = verifyToken(keys, 'confirm', tokenOf(mailLinks(given).confirm), datedAt)
  expect(check).toEqual({ kind: 'valid', subject: '5', nonce: 'a1b2c3' })
})

test('the link to the preferences carries the nonce of its reader', () => {
  const check = verifyToken(keys, 'preferences', tokenOf(mailLinks(given).preferences), datedAt)
  expect(check).toEqual({ kind: 'valid', subject: '5', nonce: subscriber.preferences_nonce })
})

test('the link to the preferences in a mail of a subscription is for that one alone', () => {
  const subjectOf = (url: string) => {
    const check = verifyToken(keys, 'preferences', tokenOf(url), datedAt)
    return check.kind === 'valid' ? preferencesSubject(check.subject) : null
  }
  expect(subjectOf(mailLinks({ ...given, subscriptionId: 12 }).preferences)).toEqual({
    subscriber: 5,
    subscription: 12,
  })
  expect(subjectOf(mailLinks(given).preferences)).toEqual({ subscriber: 5, subscription: null })
  expect(['', '5s', 's5', '5r12', '1e3', '5s12s'].map(preferencesSubject)).toEqual(Array(6).fill(null))
})

test('the links that never expire carry the nonce of their reader', () => {
  const { unsubscribe, label, mute } = mailLinks({ ...given, deliveryId: 9 })
  const nonces = (
    [
      ['unsubscribe', unsubscribe],
      ['label', label],
      ['mute', mute],
    ] as const
  ).map(([purpose, url]) => verifyToken(keys, purpose, tokenOf(url), daysLater(10_000)))
  expect(nonces.map((check) => check.kind === 'valid' && check.nonce)).toEqual(Array(3).fill(subscriber.link_nonce))
})

test('the unsubscribe link names the subscription of its mail, or the reader when there is none', () => {
  const subjectOf = (url: string) => {
    const check = verifyToken(keys, 'unsubscribe', tokenOf(url), daysLater(10_000))
    return check.kind === 'valid' ? unsubscribeSubject(check.subject) : null
  }
  expect(subjectOf(mailLinks({ ...given, subscriptionId: 12 }).unsubscribe)).toEqual({ subscription: 12 })
  expect(subjectOf(mailLinks({ ...given, subscriptionId: null }).unsubscribe)).toEqual({ subscriber: 5 })
})
