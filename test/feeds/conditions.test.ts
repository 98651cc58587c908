import { describe, expect, it, test } from 'vitest'
import { conditionsFor } from '../../src/feeds/rules/conditions.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const ago = (hours: number) => now.subtract({ minutes: Math.round(hours * 60) })

type Feed = Parameters<typeof conditionsFor>[0]
const validators = { etag: '"e1"', last_modified: 'Sat, 21 Nov 2026 10:00:00 GMT' }
const feed = (facts: Partial<Feed>): Feed => ({
  id: 1,
  ...validators,
  last_success_at: ago(0.5),
  last_item_at: ago(2),
  added_at: ago(1000),
  publishing_pattern: { perDay: 3, hot: [] },
  ...facts,
})

const conditional = { etag: '"e1"', lastModified: 'Sat, 21 Nov 2026 10:00:00 GMT' }
const plain = { pastCaches: true }

/** How many of the polls of `days` days, one an hour, asked for the whole document, if each brought a 304. */
function plainPolls(days: number, facts: Partial<Feed>): number {
  let last = now
  let count = 0
  for (let hour = 1; hour <= days * 24; hour++) {
    const at = now.add({ hours: hour })
    if (conditionsFor(feed({ ...facts, last_success_at: last }), at).pastCaches) count++
    last = at
  }
  return count
}

describe('a feed is asked with its validators', () => {
  test('as long as it brings news', () => {
    expect(conditionsFor(feed({}), now)).toEqual(conditional)
  })

  it.each([1, 2, 3, 4, 50, 1000])('and once a day without them while it brings nothing (feed %i)', (id) => {
    expect(plainPolls(10, { id, last_item_at: ago(24) })).toBe(10)
    expect(plainPolls(10, { id, last_item_at: null, publishing_pattern: null })).toBe(10)
  })

  it('and once a week without them while its silence is usual', () => {
    const monthly = { perDay: 1 / 30, hot: [] }
    expect(plainPolls(6, { last_item_at: now, publishing_pattern: monthly })).toBeLessThanOrEqual(1)
    expect(plainPolls(5, { last_item_at: ago(7 * 24), publishing_pattern: monthly })).toBe(5)
  })

  it('and again without them when the poll without them failed', () => {
    const silent = { last_item_at: ago(50), last_success_at: ago(25) }
    for (const minutes of [0, 30, 60]) expect(conditionsFor(feed(silent), now.add({ minutes }))).toEqual(plain)
  })

  it('and never without them if it has none', () => {
    expect(conditionsFor(feed({ etag: null, last_modified: null, last_success_at: ago(100) }), now)).toEqual({})
  })
})

describe('validators of a clock that is wrong are not sent', () => {
  it.each([
    ['a date in 2041', { last_modified: 'Sat, 16 Nov 2041 19:11:00 GMT' }],
    ['a date in 1980', { last_modified: 'Tue, 01 Jan 1980 00:00:00 GMT' }],
    ['the first second of Unix', { last_modified: 'Thu, 01 Jan 1970 00:00:01 GMT' }],
    ['a date that is two days ahead', { last_modified: 'Wed, 25 Nov 2026 13:00:00 GMT' }],
    ['an ETag that is a date in 2041', { etag: '"Sat, 16 Nov 2041 19:11:00 GMT"', last_modified: null }],
    ['a weak ETag that is a date in 1980', { etag: 'W/"Tue, 01 Jan 1980 00:00:00 GMT"' }],
  ])('%s', (_, facts) => expect(conditionsFor(feed(facts), now)).toEqual({}))

  it.each([
    ['a date a little ahead', { last_modified: 'Mon, 23 Nov 2026 15:00:00 GMT' }],
    ['an old date', { last_modified: 'Thu, 12 Jan 2017 00:12:01 GMT' }],
    ['a text that is no date', { last_modified: 'yesterday' }],
    ['an ETag with digits', { etag: 'W/"1980-1f4-5e2"' }],
    ['only an ETag', { last_modified: null }],
    ['only a date', { etag: null }],
  ])('but %s is', (_, facts) => {
    const { etag, last_modified: lastModified } = { ...validators, ...facts }
    expect(conditionsFor(feed(facts), now)).toEqual({ etag, lastModified })
  })
})
