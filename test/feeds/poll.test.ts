import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { openPolling, type Polling } from './polling.ts'

let desk: Polling
let n = 0

beforeEach(async () => {
  desk = await openPolling()
})
afterEach(() => desk.close())

const newFeed = () => desk.add(`/feed-${n++}`)
const serve = (url: string, body: string, more = {}) => desk.server.set(new URL(url).pathname, { body, ...more })
const minutes = (from: Temporal.Instant, to: Temporal.Instant) => Math.round(from.until(to).total('minutes'))
const items = (url: string) =>
  desk.app.db
    .selectFrom('items')
    .innerJoin('feeds', 'feeds.id', 'items.feed_id')
    .where('feeds.url', '=', url)
    .select(['items.key', 'items.backfill'])
    .execute()

describe('a poll', () => {
  it('keeps items and validators, and asks with them the next time', async () => {
    const url = await newFeed()
    serve(url, rssOf(entries(3)), { etag: '"one"', headers: { 'cache-control': 'max-age=7200' } })
    expect(await pollDueFeeds(desk.app)).toMatchObject([{ kind: 'fresh', added: 3 }])
    const feed = await desk.feed(url)
    expect(feed).toMatchObject({ etag: '"one"', title: 'Desk', failures: 0 })
    expect(minutes(desk.clock.now, feed.next_poll_at)).toBeGreaterThanOrEqual(120)
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'unchanged' }])
    expect(desk.server.requests.at(-1)?.headers['if-none-match']).toBe('"one"')
    const again = await desk.feed(url)
    expect(minutes(again.last_polled_at!, again.next_poll_at)).toBeGreaterThanOrEqual(120)
  })

  it('reads no entry again that stands there as before, and keeps an edit as a revision', async () => {
    const url = await newFeed()
    serve(url, rssOf(entries(4)))
    await desk.pollAgain(url)
    serve(url, rssOf([{ id: '0', text: 'It says more now.' }, ...entries(4).slice(1), { id: 'new' }]))
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 1 }])
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'unchanged', added: 0, edited: 0 }])
    expect(await items(url)).toHaveLength(5)
  })

  it('keeps the fingerprints of entries, which pages and commands do not load', async () => {
    const url = await newFeed()
    serve(url, rssOf(entries(4)))
    await desk.pollAgain(url)
    const { seen } = await desk.app.db.selectFrom('feeds').select('seen').executeTakeFirstOrThrow()
    expect(seen.split(' ')).toHaveLength(4)
    const rows = [...(await listFeeds(desk.app.db)), await desk.feed(url)]
    expect(rows).toMatchObject([{ url, items: 4 }, { url }])
    for (const row of rows) expect(row).not.toHaveProperty('seen')
  })

  it('counts a failure, backs off, and is not healed by a 304', async () => {
    const url = await newFeed()
    serve(url, rssOf(entries(1)), { etag: '"x"' })
    await desk.pollAgain(url)
    serve(url, 'none', { status: 503 })
    for (const times of [1, 2]) {
      expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'failed', note: 'the server answers 503' }])
      const feed = await desk.feed(url)
      expect(minutes(desk.clock.now, feed.next_poll_at)).toBeGreaterThanOrEqual(30 * 2 ** times)
    }
    const { failing_since } = await desk.feed(url)
    serve(url, '', { status: 304 })
    await desk.pollAgain(url)
    expect(await desk.feed(url)).toMatchObject({ failures: 2, failing_since })
    serve(url, rssOf(entries(1)))
    await desk.pollAgain(url)
    expect(await desk.feed(url)).toMatchObject({ failures: 0, failing_since: null, last_error: null })
  })

  it('leaves a whole host alone that asks for patience', async () => {
    const [url, other] = [await newFeed(), await newFeed()]
    serve(url, 'busy', { status: 429, headers: { 'retry-after': '7200' } })
    serve(other, rssOf(entries(1)))
    desk.clock.now = desk.clock.now.add({ hours: 24 })
    await pollDueFeeds(desk.app)
    const asked = desk.server.requests.length
    desk.clock.now = desk.clock.now.add({ hours: 1 })
    expect(await pollDueFeeds(desk.app)).toEqual([])
    expect(desk.server.requests.length).toBe(asked)
    desk.clock.now = desk.clock.now.add({ hours: 2 })
    expect(await pollDueFeeds(desk.app)).not.toEqual([])
  })

  it('ends a feed that is gone, and pauses one that was not found for 30 days', async () => {
    const [gone, lost] = [await newFeed(), await newFeed()]
    serve(gone, '', { status: 410 })
    serve(lost, '', { status: 404 })
    await desk.pollAgain(gone)
    await desk.pollAgain(lost)
    expect(await desk.feed(gone)).toMatchObject({ state: 'gone', last_error: 'the server answers 410' })
    expect(await desk.feed(lost)).toMatchObject({ state: 'active' })
    desk.clock.now = desk.clock.now.add({ hours: 24 * 30 })
    await desk.pollAgain(lost)
    expect(await desk.feed(lost)).toMatchObject({ state: 'paused', last_error: 'the server answers 404' })
  })

  it('moves a feed only after three permanent redirects to a feed with the same items', async () => {
    const url = await newFeed()
    const target = `${desk.server.url}/moved-${n++}`
    serve(url, rssOf(entries(3)))
    await desk.pollAgain(url)
    serve(url, '', { status: 301, headers: { location: target } })
    serve(target, rssOf(entries(3, 'other')))
    await desk.pollAgain(url)
    expect(await desk.feed(url)).toMatchObject({ moving_seen: 0 })
    serve(target, rssOf(entries(4)))
    for (const seen of [1, 2]) {
      await desk.pollAgain(url)
      expect(await desk.feed(url)).toMatchObject({ moving_to: target, moving_seen: seen })
    }
    await desk.pollAgain(url)
    expect(await desk.feed(target)).toMatchObject({ moving_to: null, title: 'Desk' })
  })
})

describe('what is new at once', () => {
  const states = async (url: string) => {
    const rows = await desk.app.db
      .selectFrom('revisions')
      .innerJoin('items', 'items.id', 'revisions.item_id')
      .innerJoin('feeds', 'feeds.id', 'items.feed_id')
      .where('feeds.url', '=', url)
      .select('revisions.state')
      .execute()
    return rows.map(({ state }) => state)
  }

  it.each([
    [
      '40 entries under new ids',
      rssOf(entries(10).map((entry) => ({ ...entry, id: `x${entry.id}`, link: `https://desk.example/${entry.id}` }))),
      'all 10 items are old ones under new ids',
    ],
    ['a flood', rssOf([...entries(10), ...entries(21, 'n')]), '21 of 31 items are new at once'],
    ['another feed', rssOf(entries(10, 'o')), 'all 10 items are new at once'],
  ])('is held when it is %s', async (_, body, reason) => {
    const url = await newFeed()
    serve(url, rssOf(entries(10)))
    await desk.pollAgain(url)
    serve(url, body)
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'held', note: reason }])
    expect(await desk.feed(url)).toMatchObject({ state: 'held', held_reason: reason })
    expect((await states(url)).filter((state) => state === 'held').length).toBeGreaterThanOrEqual(10)
    serve(url, body.replace('</channel>', `${/<item>.*?<\/item>/.exec(rssOf([{ id: 'later' }]))![0]}</channel>`))
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'held', added: 1 }])
  })

  it('is not held at the first poll, nor when it is a few', async () => {
    const url = await newFeed()
    serve(url, rssOf(entries(60)))
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'fresh', added: 60 }])
    expect((await items(url)).every(({ backfill }) => backfill)).toBe(true)
    serve(url, rssOf([...entries(4, 'n'), ...entries(60)]))
    expect(await desk.pollAgain(url)).toMatchObject([{ kind: 'fresh', added: 4 }])
    expect(await states(url)).not.toContain('held')
  })
})
