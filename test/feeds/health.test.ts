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
  uncovered_language: null,
  moving_to: null,
  moving_seen: 0,
  next_poll_at: now.add({ minutes: 26 }),
  last_polled_at: ago({ minutes: 4 }),
  last_item_at: ago({ hours: 3 }),
  publishing_pattern: { perDay: 3, hot: [] },
}

describe('the health of a feed in words', () => {
  const next = 'The next poll is in 26 min.'
  test.each<[Partial<PollState>, string, string]>([
    [{}, 'fresh', `Polled 4 min ago. ${next} About 3 items a day.`],
    [{ publishing_pattern: { perDay: 0.3, hot: [] } }, 'fresh', `Polled 4 min ago. ${next} About 2 items a week.`],
    [{ publishing_pattern: null }, 'fresh', `Polled 4 min ago. ${next}`],
    [
      { repairs: ['the declared encoding was wrong'] },
      'fresh',
      `Polled 4 min ago. ${next} About 3 items a day. Repairs: the declared encoding was wrong.`,
    ],
    [
      { uncovered_language: 'pl' },
      'fresh',
      `Polled 4 min ago. ${next} About 3 items a day. Its newest report is in Polish, for which no topic has rules: nothing of it is mailed.`,
    ],
    [{ last_polled_at: null, next_poll_at: now }, 'new', 'This feed was not polled yet. The next poll is due now.'],
    [
      { failures: 1, failing_since: now, last_error: 'the server answers 403' },
      'failing',
      `The last poll failed: the server answers 403. ${next}`,
    ],
    [{ failures: 3, last_error: 'x' }, 'failing', `The last 3 polls failed: x. ${next}`],
    [
      { failures: 2, failing_since: ago({ hours: 3 }), last_error: 'x' },
      'failing',
      `All polls of the last 3 h failed: x. ${next}`,
    ],
    [
      { failures: 9, failing_since: ago({ hours: 5 * 24 + 20 }), last_error: 'the server answers 403' },
      'failing',
      `All polls since Tuesday failed: the server answers 403. ${next}`,
    ],
    [
      { failures: 90, failing_since: ago({ hours: 20 * 24 }), last_error: 'x' },
      'failing',
      `All polls since 3 November failed: x. ${next}`,
    ],
    [
      { state: 'held', held_reason: '40 of 40 entries are new' },
      'held',
      'This feed is held: 40 of 40 entries are new. Accept or skip these entries. Other entries are read and mailed as usual.',
    ],
    [
      { state: 'held' },
      'held',
      'This feed is held. Accept or skip these entries. Other entries are read and mailed as usual.',
    ],
    [
      { last_item_at: ago({ hours: 9 * 24 }), publishing_pattern: { perDay: 2, hot: [] } },
      'quiet',
      `No new item for 9 days (usually 2 items a day). ${next}`,
    ],
    [{ state: 'gone' }, 'removed', 'An admin removed this feed. Its items are kept.'],
    [
      { state: 'gone', last_error: 'the server answers 410' },
      'ended',
      'This feed has ended: the server answers 410. Its items are kept.',
    ],
    [
      { state: 'paused', last_error: 'the server answers 404' },
      'paused',
      'Polling is paused: the server answers 404. Resume polling or remove the feed.',
    ],
  ])('%o', (change, word, sentence) => {
    expect(feedHealth({ ...healthy, ...change }, now)).toEqual({ word, sentence })
  })

  test.each([-60, -1, 0, 20])('a poll %i seconds ahead is due now', (seconds) => {
    const { sentence } = feedHealth({ ...healthy, next_poll_at: now.add({ seconds }) }, now)
    expect(sentence).toContain('The next poll is due now.')
  })
})
