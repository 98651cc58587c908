import { describe, expect, test } from 'vitest'
import {
  alertingDays,
  claimsToJudge,
  daysBetween,
  expectedMail,
  type MailChoice,
  type RecentMail,
  type TopicDay,
} from '../../src/editions/rules/expected-mail.ts'

/** The claims of two topics on three days: the story 1 is told on two days and on both topics. */
const told: TopicDay[] = [
  {
    topic: 'strikes',
    ago: 0,
    claims: [
      [1, 30, 0.9],
      [1, 31, 0.4],
      [2, 32, 0.3],
    ],
  },
  { topic: 'flight', ago: 0, claims: [[1, 30, 0.5]] },
  { topic: 'strikes', ago: 1, claims: [[1, 20, 0.9]] },
  { topic: 'flight', ago: 8, claims: [[3, 10, 0.8]] },
]
const recent = (over: Partial<RecentMail> = {}): RecentMail => ({
  days: new Map([
    ['strikes', 10],
    ['flight', 10],
  ]),
  told,
  alerting: [],
  origins: new Map(),
  ...over,
})
const choice: MailChoice = { cadence: 'daily', topics: ['strikes', 'flight'], minScore: 0 }

describe('what a choice would have brought', () => {
  test('counts a story once a day, however many claims and topics it has', () => {
    const { days, counts } = expectedMail(recent(), choice)
    expect(days).toBe(10)
    expect(counts).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 1, 0])
  })

  test('names the stories that were read last, the newest first', () => {
    expect(expectedMail(recent(), choice).latest).toEqual([2, 1, 3])
  })

  test('leaves out what has a lower score, and other topics', () => {
    expect(expectedMail(recent(), { ...choice, minScore: 0.5 }).counts.slice(0, 2)).toEqual([1, 1])
    expect(expectedMail(recent(), { ...choice, topics: ['flight'] }).latest).toEqual([1, 3])
  })

  test('counts whole weeks for weekly digests, and all days where there is no week yet', () => {
    expect(expectedMail(recent(), { ...choice, cadence: 'weekly' }).counts).toEqual([2])
    const days = new Map([['strikes', 3]])
    expect(expectedMail(recent({ days }), { ...choice, cadence: 'weekly' })).toMatchObject({ days: 3, counts: [2] })
  })

  test('counts the days of the topic that has been followed longest, and none for an unknown topic', () => {
    const days = new Map([
      ['strikes', 2],
      ['flight', 9],
    ])
    expect(expectedMail(recent({ days }), choice).days).toBe(9)
    expect(expectedMail(recent(), { ...choice, topics: ['weather'] })).toMatchObject({ days: 0, counts: [] })
  })
})

describe('what alerts would have told', () => {
  test('is judged by the claims of stories on the day on which they began', () => {
    expect(claimsToJudge(told).toSorted()).toEqual([10, 20, 32])
  })

  test('is what may interrupt, and nothing else', () => {
    const alerting = alertingDays(told, new Set([20]))
    const { counts, latest } = expectedMail(recent({ alerting }), { ...choice, cadence: 'alert' })
    expect([counts.slice(0, 3), latest]).toEqual([[0, 1, 0], [1]])
  })

  test('is judged by a bounded number of stories of a day', () => {
    const claims = Array.from({ length: 500 }, (_, n) => [n, n, 1] as [number, number, number])
    expect(claimsToJudge([{ topic: 'strikes', ago: 0, claims }])).toHaveLength(12)
  })
})

test('a begun day counts, unless older claims were left out', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const before = (hours: number) => now.subtract({ hours })
  expect(daysBetween(before(49), now, false)).toBe(3)
  expect(daysBetween(before(49), now, true)).toBe(2)
  expect(daysBetween(now, now, true)).toBe(1)
})

test('a choice counts only claims on all of its topics, of its feeds, places and languages', () => {
  const origins = new Map([
    [30, { feed: 1, language: 'en', places: ['UA', 'UA-63'] }],
    [31, { feed: 2, language: 'uk', places: ['UA'] }],
    [32, { feed: 2, language: '', places: ['SD'] }],
    [20, { feed: 1, language: 'fr', places: [] }],
  ])
  const strikes = { cadence: 'daily' as const, topics: ['strikes'], minScore: 0 }
  const countsOf = (limits: object) => expectedMail(recent({ origins }), { ...strikes, ...limits }).counts.slice(0, 2)
  expect(countsOf({})).toEqual([2, 1])
  expect(countsOf({ topics: ['strikes', 'flight'], allTopics: true })).toEqual([1, 0])
  expect(countsOf({ feeds: [2] })).toEqual([2, 0])
  expect(countsOf({ feeds: [1] })).toEqual([1, 1])
  expect(countsOf({ languages: ['uk'] })).toEqual([2, 0])
  expect(countsOf({ languages: ['fr'] })).toEqual([1, 1])
  expect(countsOf({ places: ['UA-63', 'SD'] })).toEqual([2, 0])
  expect(countsOf({ places: ['PL'] })).toEqual([0, 0])
})
