import { expect, it } from 'vitest'
import { doubtsAbout, entryOf } from '../../src/feeds/rules/feed-entry.ts'
import type { FeedItem } from '../../src/parsing/feed-document.ts'

const now = Temporal.Instant.from('2026-03-04T12:00:00Z')
const emptyItem = { title: 't', url: null, updated: null, author: null, summary: null, content: null, categories: [] }
const item = (published: string | null): FeedItem => ({ key: '1', ...emptyItem, published })

it('a date in the future is not used, and is reported', () => {
  const future = item('2026-03-05T12:00:00.000Z')
  expect(entryOf(future, { now }).publishedAt).toBeNull()
  expect(doubtsAbout([future, item(null), item('2026-03-04T11:00:00.000Z')], now)).toEqual([
    '1 entry has a date in the future; the time of the first fetch counts instead',
  ])
})

it('past dates and missing dates are not reported', () => {
  expect(doubtsAbout([item(null), item('2026-03-04T12:00:00.000Z')], now)).toEqual([])
})

it('two dates in the future are reported in the plural', () => {
  const future = item('2026-03-05T12:00:00.000Z')
  expect(doubtsAbout([future, future], now)[0]).toMatch(/^2 entries have dates in the future; /)
})

it('the text is the content, or the summary where the content is a fragment of its length', () => {
  const report = '<p>The ferries run again between the three islands, six times a day.</p>'
  const textOf = (content: string | null, summary: string | null) =>
    entryOf({ ...item(null), content, summary }, { now }).html
  expect(textOf('<p><a href="https://desk.example/a">Read on</a></p>', report)).toBe(report)
  expect(textOf(report, 'The ferries run again.')).toBe(report)
  expect(textOf(null, report)).toBe(report)
})
