import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consentText } from '../../src/readers/rules/consent.ts'
import { subscribeSchema } from '../../src/readers/rules/subscription.ts'

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
  test('is parsed with its address as it was written and its domain in lower case, its topics in their order and its zone under one name', () => {
    const given = { ...form, email: ' Olena@Example.ORG ', topics: ['b', 'a', 'b'], zone: 'Europe/Kiev' }
    expect(subscribeSchema.parse(given)).toEqual({
      email: 'Olena@example.org',
      topics: ['b', 'a'],
      cadence: 'daily',
      allTopics: false,
      feeds: [],
      places: [],
      languages: [],
      at: '07:00',
      zone: 'Europe/Kyiv',
      weekday: 1,
      minutes: 2,
      quietMail: false,
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

test('the proof of consent says what was chosen', () => {
  const text = consentText(subscribeSchema.parse({ ...form, minScore: 0.4 }))
  expect(text).toContain('daily digest at 07:00 Europe/Kyiv on displacement, score of 0.4 or more')
})

test('the proof of consent says what a choice leaves out', () => {
  const limits = { allTopics: true, feeds: [7], places: ['UA-63'], languages: ['uk'], minutes: null, quietMail: true }
  const text = consentText(subscribeSchema.parse({ ...form, topics: ['a', 'b'], ...limits }))
  expect(text).toContain(
    'daily digest at 07:00 Europe/Kyiv on a and b, from 1 feed (7), about UA-63, in uk, of any length, also without news',
  )
})

test('a choice of feeds, places, languages, a weekday and a length is checked', () => {
  const weekly = subscribeSchema.parse({ ...form, cadence: 'weekly', weekday: '4', feeds: [3, 3, 1] })
  expect([weekly.weekday, weekly.feeds]).toEqual([4, [3, 1]])
  expect(problems({ weekday: 8 })).toEqual([['weekday', 'Choose a weekday from 1, Monday, to 7.']])
  expect(problems({ minutes: 3 })).toEqual([['minutes', 'Choose 2 or 5 minutes, or null for all of it.']])
  expect(problems({ places: ['Ukraine'] })).toEqual([
    ['places', 'Give places by their ISO 3166 codes, such as UA or UA-63.'],
  ])
  expect(problems({ languages: ['english'] })).toEqual([
    ['languages', 'Give languages by their codes, such as en or uk.'],
  ])
})
