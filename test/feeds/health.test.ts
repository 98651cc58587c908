import { describe, expect, test } from 'vitest'
import { feedHealth, type PollState } from '../../src/feeds/rules/health.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const ago = (time: Temporal.DurationLike) => now.subtract(time)
const healthy: PollState = {
  state: 'active',
  failures: 0,
  failing_since: null,
  last_error: null,
  held_reason: null,
  repairs: [],
  next_poll_at: now.add({ minutes: 26 }),
  last_polled_at: ago({ minutes: 4 }),
  last_item_at: ago({ hours: 3 }),
  publishing_pattern: { perDay: 3, hot: [] },
}

describe('the health of a feed in words', () => {
  test.each<[Partial<PollState>, string, string]>([
    [{}, 'fresh', 'Fresh, polled 4 min ago, next in 26 min, 3 items a day.'],
    [
      { publishing_pattern: { perDay: 0.3, hot: [] } },
      'fresh',
      'Fresh, polled 4 min ago, next in 26 min, 2 items a week.',
    ],
    [{ publishing_pattern: null }, 'fresh', 'Fresh, polled 4 min ago, next in 26 min.'],
    [
      { repairs: ['the declared encoding was wrong'] },
      'fresh',
      'Fresh, polled 4 min ago, next in 26 min, 3 items a day; repaired: the declared encoding was wrong.',
    ],
    [{ last_polled_at: null, next_poll_at: now }, 'new', 'New: never polled yet, due now.'],
    [
      { failures: 9, failing_since: ago({ hours: 5 * 24 + 20 }), last_error: 'the server answers 403' },
      'failing',
      'Failing since Tuesday: the server answers 403; next in 26 min.',
    ],
    [
      { failures: 90, failing_since: ago({ hours: 20 * 24 }), last_error: 'x' },
      'failing',
      'Failing since 3 November: x; next in 26 min.',
    ],
    [{ state: 'held', held_reason: 'all 40 items are new at once' }, 'held', 'Held: all 40 items are new at once.'],
    [
      { last_item_at: ago({ hours: 9 * 24 }), publishing_pattern: { perDay: 2, hot: [] } },
      'quiet',
      'Quiet: nothing for 9 days, usually 2 items a day; next in 26 min.',
    ],
    [{ state: 'gone' }, 'gone', 'Gone; no longer polled, its items are kept.'],
    [
      { state: 'paused', last_error: 'the server answers 404' },
      'paused',
      'Paused: the server answers 404; not polled until polling is resumed.',
    ],
  ])('%o', (change, word, sentence) => {
    expect(feedHealth({ ...healthy, ...change }, now)).toEqual({ word, sentence })
  })
})
