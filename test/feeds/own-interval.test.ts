import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeFeedSettings } from '../../src/feeds/manage-feeds.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { everySchema, formatEvery } from '../../src/feeds/rules/own-interval.ts'
import { findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import { runCommand } from '../support/command.ts'
import { feedOf, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
let url: string
beforeEach(async () => {
  app = await openTestApp({ feedServer: true })
  url = `${app.feedServer.url}/feed`
  await insertFeed(app.db, { url, title: 'Desk', now: app.now() })
})
afterEach(() => app.close())

/** Serves a document with entries of so many hours ago; `headers` are those of its answer. */
function serve(hoursAgo: number[], headers: Record<string, string> = {}): void {
  const reports = hoursAgo.map((hours) => ({
    guid: `g${hours}`,
    title: `Report ${hours}`,
    at: app.now().subtract({ minutes: hours * 60 }),
    claims: [strike],
  }))
  app.feedServer.set('/feed', { body: feedOf(reports), headers })
}

/** Polls the feed now; gives the minutes until its next poll. */
async function minutesAfterPoll(): Promise<number> {
  await app.db.updateTable('feeds').set({ next_poll_at: app.now() }).execute()
  expect((await pollDueFeeds(app)).map(({ kind }) => kind)).not.toContain('failed')
  return minutesToNext()
}
const minutesToNext = async () => (await findFeed(app.db, url))!.next_poll_at.since(app.now()).total('minutes')

describe('an interval that an admin set', () => {
  test('decides when the feed is polled, at once and after each poll, until it is taken back', async () => {
    serve([1, 30, 200])
    expect(await minutesAfterPoll()).toBeGreaterThan(30)
    await changeFeedSettings(app, url, { everyS: 600 }, 'cli')
    expect(await minutesToNext()).toBeLessThanOrEqual(10)
    expect(await minutesAfterPoll()).toBeLessThanOrEqual(11)
    await changeFeedSettings(app, url, { everyS: null }, 'cli')
    expect(await minutesAfterPoll()).toBeGreaterThan(30)
  })

  test('makes a feed due at once whose last poll is longer ago', async () => {
    serve([1, 30, 200])
    await minutesAfterPoll()
    app.clock.later({ minutes: 7 })
    await changeFeedSettings(app, url, { everyS: 600 }, 'cli')
    expect(await minutesToNext()).toBeCloseTo(3)
    await changeFeedSettings(app, url, { everyS: 300 }, 'cli')
    expect(await minutesToNext()).toBe(0)
    expect(await minutesAfterPoll()).toBe(5)
  })

  test('is never shorter than the server allows', async () => {
    serve([1, 30, 200], { 'cache-control': 'max-age=7200' })
    await changeFeedSettings(app, url, { everyS: 300 }, 'cli')
    expect(await minutesAfterPoll()).toBeGreaterThanOrEqual(120)
  })

  test('is set by a command, and a wrong one is refused in a sentence', async () => {
    const set = (every: string) => runCommand(['feeds', 'set', url, '--every', every], settingsOf(app))
    expect((await set('15m')).code).toBe(0)
    expect((await findFeed(app.db, url))!.own_interval_s).toBe(900)
    expect((await runCommand(['feeds', 'list'], settingsOf(app))).stdout).toMatch(/EVERY[^\n]*\n[^\n]* 15m /)
    const refused = await set('1m')
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--every: Give the interval as')])
    expect((await set('auto')).code).toBe(0)
    expect((await findFeed(app.db, url))!.own_interval_s).toBeNull()
    expect((await runCommand(['feeds', 'list'], settingsOf(app))).stdout).toMatch(/ auto /)
  })
})

test('a new feed with five entries of the last day is polled every five minutes until its pattern is known', async () => {
  serve([1, 2, 3, 4, 5])
  expect(await minutesAfterPoll()).toBeLessThanOrEqual(6)
  app.clock.later({ hours: 20 })
  expect(await minutesAfterPoll()).toBeLessThanOrEqual(6)
  app.clock.later({ hours: 40 })
  serve([7, 8, 9, 10, 11])
  expect(await minutesAfterPoll()).toBeGreaterThanOrEqual(10)
})

test('a new feed with fewer is polled as others are', async () => {
  serve([1, 2, 3, 4])
  expect(await minutesAfterPoll()).toBeGreaterThanOrEqual(30)
})

test.each([
  ['5m', 300],
  ['24h', 86_400],
  ['90m', 5400],
  ['auto', null],
  ['', null],
])('%j is taken', (text, seconds) => {
  expect(everySchema.parse(text)).toBe(seconds)
  if (seconds) expect(everySchema.parse(formatEvery(seconds))).toBe(seconds)
})

test.each(['4m', '25h', '1d', '-5m', '5', 'm', '9999h', '5 m'])('%j is refused', (text) => {
  expect(everySchema.safeParse(text).success).toBe(false)
})
