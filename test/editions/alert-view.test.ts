import { expect, test } from 'vitest'
import { alertSubject, alertView } from '../../src/editions/mail/alert-view.ts'
import { closedAt, matchedTakeaway, sender, topics } from './matched-takeaways.ts'

test('the subject of an alert is its first takeaway', () => {
  expect(alertSubject('The bridge is closed.', 1)).toBe('Alert: The bridge is closed.')
  expect(alertSubject('The bridge '.repeat(20), 3)).toMatch(/^Alert: .{60,90}… \(\+2 more takeaways\)$/)
})

test('an alert shows its reports with times in UTC, and every topic that the filter asked for', () => {
  const { strikes, guarantees } = topics
  const found = [matchedTakeaway({ text: 'The bridge is closed.', on: [guarantees, strikes] })]
  const view = alertView({ topics: [strikes, guarantees], takeaways: found, corrections: [], closedAt, ...sender })
  expect(view.headline).toBe('Assessment of 22 November')
  expect(view.deck).toBe('1 takeaway on your topics, sent Mon 23 Nov, 05:00 UTC.')
  expect(view.sources[0]!.source.when).toBe('Sun 22 Nov, 21:30 UTC')
  expect(view.sources[0]!.items[0]!.tags).toEqual(['Infrastructure strikes', 'Security guarantees'])
  expect(view.why).toBe(
    'You get this mail because you subscribed to alerts on Infrastructure strikes and Security guarantees.',
  )
})
