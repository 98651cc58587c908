import { expect, test } from 'vitest'
import { alertView } from '../../src/editions/mail/alert-view.ts'
import { alertSubject, digestSubject } from '../../src/editions/mail/subject.ts'
import { allTopics, closedAt, finding, sender, topics } from './matched-takeaways.ts'

const counts = (...numbers: number[]) => numbers.map((count, index) => ({ topic: allTopics[index % 3]!, count }))

test('a digest is announced by its date and its topics', () => {
  expect(digestSubject('daily', '2026-11-23', counts(5, 0, 3))).toBe(
    'Daily digest, Mon 23 Nov: 5 on Infrastructure strikes, 3 on Displacement',
  )
  expect(digestSubject('weekly', '2026-11-23', counts(0, 0))).toBe('Weekly digest, Mon 23 Nov')
})

test('past the third topic takeaways are only counted', () => {
  expect(digestSubject('welcome', '2026-11-23', counts(1, 1, 1, 2, 3))).toMatch(
    /, 1 on Displacement, 5 on other topics$/,
  )
})

test('an alert is announced by its first takeaway', () => {
  expect(alertSubject('The bridge is closed.', 1)).toBe('Alert: The bridge is closed.')
  expect(alertSubject('The bridge '.repeat(20), 3)).toMatch(/^Alert: .{60,90}… \(\+2\)$/)
})

test('an alert shows its reports with times in UTC, and every topic that the filter asked for', () => {
  const { strikes, guarantees } = topics
  const found = [finding({ text: 'The bridge is closed.', on: [guarantees, strikes] })]
  const view = alertView({ topics: [strikes, guarantees], takeaways: found, closedAt, ...sender })
  expect(view.headline).toBe('Assessment of 22 November')
  expect(view.deck).toBe('1 takeaway on your topics, sent Mon 23 Nov, 05:00 UTC.')
  expect(view.sources[0]!.source.when).toBe('Sun 22 Nov, 21:30')
  expect(view.sources[0]!.items[0]!.tags).toEqual(['Infrastructure strikes', 'Security guarantees'])
  expect(view.why).toBe('You get this because you confirmed alerts on Infrastructure strikes and Security guarantees.')
})
