import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consentText } from '../../src/readers/rules/consent.ts'
import { preferencesSchema, subscribeSchema } from '../../src/readers/rules/subscription.ts'

const form = {
  email: 'olena@example.org',
  topics: ['displacement'],
  cadence: 'daily',
  at: '07:00',
  zone: 'Europe/Kyiv',
}
const problems = (changes: object) => {
  const parsed = subscribeSchema.safeParse({ ...form, ...changes })
  return parsed.success ? null : parsed.error.issues.map((issue) => [issue.path[0], issue.message])
}

describe('a sign-up form', () => {
  test('is parsed with its address in lower case, its topics in their order and its zone under one name', () => {
    const given = { ...form, email: ' Olena@Example.ORG ', topics: ['b', 'a', 'b'], zone: 'Europe/Kiev' }
    expect(subscribeSchema.parse(given)).toEqual({
      email: 'olena@example.org',
      topics: ['b', 'a'],
      cadence: 'daily',
      at: '07:00',
      zone: 'Europe/Kyiv',
      minScore: 0,
      quiet: null,
      maxAlerts: 12,
    })
  })

  test('has the defaults 07:00, UTC and every score', () => {
    const { at, zone, minScore } = subscribeSchema.parse({ email: form.email, topics: ['a'], cadence: 'alert' })
    expect({ at, zone, minScore }).toEqual({ at: '07:00', zone: 'UTC', minScore: 0 })
  })

  test('takes how many alerts a day come at most as a number or as its digits', () => {
    const maxOf = (maxAlerts: unknown) => subscribeSchema.parse({ ...form, maxAlerts }).maxAlerts
    expect([maxOf(16), maxOf('16'), maxOf('1'), maxOf('100'), maxOf(undefined)]).toEqual([16, 16, 1, 100, 12])
    const message = 'Choose how many alerts a day come at most, from 1 to 100.'
    for (const wrong of ['', '0x10', '1e1', ' 5', '2.5', '0', '101', -1, 2.5, null])
      expect(problems({ maxAlerts: wrong })).toEqual([['maxAlerts', message]])
  })

  test('takes the quiet hours of alerts as one text or as two times', () => {
    const quietOf = (quiet: unknown) => subscribeSchema.parse({ ...form, quiet }).quiet
    const night = { from: '22:00', to: '06:00' }
    expect([quietOf('22:00-06:00'), quietOf(' 22:00 – 06:00 '), quietOf(night), quietOf(null)]).toEqual([
      night,
      night,
      night,
      null,
    ])
    for (const quiet of ['22:00', '22-6', '22:00-06:00-07:00', '', 5, { from: '22:00' }]) {
      expect(problems({ quiet })?.[0]).toEqual([
        'quiet',
        'Give the quiet hours with a beginning and an end, such as 22:00-06:00.',
      ])
    }
  })

  test('accepts one address: no list, no header, no display name, nothing too long', () => {
    const addresses = [
      'a@example.org, b@example.org',
      'a@example.org\r\nBcc: b@example.org',
      'Olena <a@example.org>',
      'a@b@example.org',
      'nobody',
      '',
      42,
      undefined,
      `${'a'.repeat(65)}@example.org`,
      `a@${'b'.repeat(60)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.org`,
    ]
    for (const email of addresses)
      expect(problems({ email })).toEqual([['email', expect.stringContaining('mail address')]])
  })

  test('is refused with one sentence at each wrong field', () => {
    expect(problems({ topics: [] })).toEqual([['topics', 'Choose at least one topic.']])
    expect(problems({ topics: undefined })).toEqual([['topics', 'Choose at least one topic.']])
    expect(problems({ cadence: 'hourly' })).toEqual([['cadence', 'Choose alert, daily or weekly.']])
    expect(problems({ at: '24:00' })).toEqual([['at', 'Give the time as HH:MM, such as 07:00.']])
    expect(problems({ zone: 'Mars/Base' })).toEqual([['zone', 'Choose a time zone such as Europe/Kyiv.']])
    expect(problems({ minScore: 2 })).toEqual([['minScore', 'The score must be a number from 0 to 1.']])
  })

  test('of any shape is parsed or refused, without a crash', () => {
    fc.assert(fc.property(fc.anything(), (input) => typeof subscribeSchema.safeParse(input).success === 'boolean'))
  })
})

test('preferences name each cadence once', () => {
  const { email, ...choice } = form
  expect(preferencesSchema.safeParse({ subscriptions: [choice, choice] }).success).toBe(false)
  expect(preferencesSchema.safeParse({ subscriptions: [choice, { ...choice, cadence: 'alert' }] }).success).toBe(true)
})

test('the proof of consent says what was chosen', () => {
  const text = consentText(subscribeSchema.parse({ ...form, minScore: 0.4 }))
  expect(text).toContain('daily digest at 07:00 Europe/Kyiv on displacement, score of 0.4 or more')
})
