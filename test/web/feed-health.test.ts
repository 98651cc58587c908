import { describe, expect, test } from 'vitest'
import type { FeedRow } from '../../src/store/admin-views.ts'
import { feedHealth } from '../../src/web/admin/feed-health.ts'
import { distanceText, instantText } from '../../src/web/instant-text.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const ago = (time: Temporal.DurationLike) => now.subtract(time)
const well = {
  state: 'active',
  failures: 0,
  last_error: null,
  next_poll_at: now.add({ minutes: 25 }),
  last_polled_at: ago({ minutes: 5 }),
  last_success_at: ago({ minutes: 5 }),
  last_item_at: ago({ hours: 3 }),
} as FeedRow

describe('the health of a feed in words', () => {
  test.each<[string, Partial<FeedRow>, string, string]>([
    ['well', {}, 'well', 'Polled 5 min ago, next poll in 25 min; newest item 3 h ago.'],
    ['new', { last_polled_at: null, next_poll_at: now }, 'new', 'Never polled yet; due now.'],
    [
      'failing once',
      { failures: 1, last_error: '503' },
      'failing',
      'The last poll failed: 503 (last success 5 min ago, next poll in 25 min).',
    ],
    [
      'never good',
      { failures: 4, last_error: 'no feed', last_success_at: null },
      'failing',
      'The last 4 polls failed: no feed (it has never succeeded, next poll in 25 min).',
    ],
    ['gone', { state: 'gone' }, 'gone', 'Not polled any more; what it gave stays.'],
    ['paused', { state: 'paused' }, 'paused', 'Paused: not polled until it is taken up again.'],
  ])('%s', (_, change, word, sentence) => {
    expect(feedHealth({ ...well, ...change }, now)).toEqual({ word, sentence })
  })
})

test('a distance in time is said in the unit that tells most', () => {
  const said = [20, 60 * 5, 60 * 89, 3600 * 35, 3600 * 36, 86_400 * 3].map((seconds) =>
    distanceText(ago({ seconds }), now),
  )
  expect(said).toEqual(['just now', '5 min ago', '89 min ago', '35 h ago', '2 d ago', '3 d ago'])
})

test('an instant is said in its zone, day and month in words', () => {
  expect([instantText(now), instantText(now, 'Europe/Kyiv')]).toEqual([
    'Mon 23 Nov 2026, 12:00',
    'Mon 23 Nov 2026, 14:00',
  ])
})
