import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { feedHealth } from '../../src/feeds/rules/health.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { feedAt, insertFeedAt, pollAgain, serveAt } from '../support/feeds.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let n = 0

beforeEach(async () => {
  app = await openTestApp({ feedServer: true })
})
afterEach(() => app.close())

const newFeed = () => insertFeedAt(app, `/feed-${n++}`)
const minutes = (from: Temporal.Instant, to: Temporal.Instant) => Math.round(from.until(to).total('minutes'))
const items = (url: string) =>
  app.db
    .selectFrom('items')
    .innerJoin('feeds', 'feeds.id', 'items.feed_id')
    .where('feeds.url', '=', url)
    .select(['items.key', 'items.backfill'])
    .execute()

describe('a poll', () => {
  it('saves items and validators, and sends the validators with the next request', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(3)), { etag: '"one"', headers: { 'cache-control': 'max-age=7200' } })
    expect(await pollDueFeeds(app)).toMatchObject([{ kind: 'fresh', added: 3 }])
    const feed = await feedAt(app, url)
    expect(feed).toMatchObject({ etag: '"one"', title: 'Desk', failures: 0 })
    expect(minutes(app.now(), feed.next_poll_at)).toBeGreaterThanOrEqual(120)
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged' }])
    expect(app.feedServer.requests.at(-1)?.headers['if-none-match']).toBe('"one"')
    const again = await feedAt(app, url)
    expect(minutes(again.last_polled_at!, again.next_poll_at)).toBeGreaterThanOrEqual(120)
  })

  it('saves no known entry again, and saves an edited one as a revision', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(4)))
    await pollAgain(app, url)
    serveAt(app, url, rssOf([{ id: '0', text: 'It says more now.' }, ...entries(4).slice(1), { id: 'new' }]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 1 }])
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged', added: 0, edited: 0 }])
    expect(await items(url)).toHaveLength(5)
  })

  it('knows an item again whose key counts its edits', async () => {
    const url = await newFeed()
    const version = (edits: number, text: string) => {
      const guid = `<guid isPermaLink="false">https://desk.example/a#${edits}</guid><link>https://desk.example/a</link>`
      return `<rss version="2.0"><channel><title>Desk</title><item><title>A</title><description>${text}</description>${guid}</item></channel></rss>`
    }
    serveAt(app, url, version(0, 'It says this.'))
    await pollAgain(app, url)
    serveAt(app, url, version(1, 'It says this.'))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 0 }])
    serveAt(app, url, version(2, 'It says more now.'))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 1 }])
    expect(await items(url)).toHaveLength(1)
  })

  it('makes no revision of an entry in which only counters of readers change', async () => {
    const url = await newFeed()
    const counted = (comments: number, text: string) =>
      rssOf([{ id: '1', title: `Ferries (${comments} comments)`, text }, { id: '2' }])
    serveAt(app, url, counted(3, 'Ferries run.'))
    await pollAgain(app, url)
    serveAt(app, url, counted(4, 'Ferries run.'))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged', added: 0, edited: 0 }])
    serveAt(app, url, counted(5, 'Ferries run again.'))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 1 }])
  })

  it('waits with the entry in which the document ends, says so, and asks for the whole document', async () => {
    const url = await newFeed()
    const whole = rssOf([{ id: 'new', text: 'It did not stop.' }, ...entries(2)])
    const [half = ''] = rssOf([...entries(2), { id: 'new', text: 'It did not stop.' }]).split(' not stop.')
    serveAt(app, url, half, { etag: '"half"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 2 }])
    const feed = await feedAt(app, url)
    expect(feedHealth(feed, app.now()).sentence).toContain('the document is cut: the entry in which it ends waits')
    serveAt(app, url, whole, { etag: '"half"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 0 }])
    expect(await feedAt(app, url)).toMatchObject({ repairs: [], etag: '"half"' })
  })

  it('takes old entries below the cut of its first document for backfill, as at a first poll', async () => {
    const url = await newFeed()
    const dated = entries(8).map((entry, i) => ({ ...entry, at: app.now().subtract({ hours: 30 * i + 1 }) }))
    const [half = ''] = rssOf(dated).split('What 2 says')
    serveAt(app, url, half)
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 2 }])
    serveAt(app, url, rssOf([{ id: 'new', at: app.now() }, ...dated]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 7 }])
    expect((await items(url)).filter(({ backfill }) => !backfill).map(({ key }) => key)).toEqual(['0', 'new'])
  })

  it('keeps the fingerprints of entries, which pages and commands do not load', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(4)))
    await pollAgain(app, url)
    const { seen } = await app.db.selectFrom('feeds').select('seen').executeTakeFirstOrThrow()
    expect(seen.split(' ')).toHaveLength(4)
    const rows = [...(await listFeeds(app.db)), await feedAt(app, url)]
    expect(rows).toMatchObject([{ url, items: 4 }, { url }])
    for (const row of rows) expect(row).not.toHaveProperty('seen')
  })

  it('counts failures and polls less often, until a document or a 304 ends them', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(1)), { etag: '"x"' })
    await pollAgain(app, url)
    serveAt(app, url, 'none', { status: 503 })
    for (const times of [1, 2]) {
      expect(await pollAgain(app, url)).toMatchObject([
        { kind: 'failed', note: 'the server answers 503 (not available now)' },
      ])
      const feed = await feedAt(app, url)
      expect(minutes(app.now(), feed.next_poll_at)).toBeGreaterThanOrEqual(30 * 2 ** times)
    }
    for (const end of [{ status: 304 }, { status: 200 }]) {
      await app.db.updateTable('feeds').set({ failures: 2, failing_since: app.now(), last_error: 'x' }).execute()
      serveAt(app, url, rssOf(entries(1)), end)
      await pollAgain(app, url)
      expect(await feedAt(app, url)).toMatchObject({ failures: 0, failing_since: null, last_error: null })
    }
  })

  it('does not believe a 304 from a server that never gave a document', async () => {
    const url = await newFeed()
    serveAt(app, url, 'none', { status: 503 })
    await pollAgain(app, url)
    serveAt(app, url, '', { status: 304 })
    await pollAgain(app, url)
    expect(await feedAt(app, url)).toMatchObject({ failures: 2, last_success_at: null })
  })

  it('pauses a whole host that sent Retry-After', async () => {
    const [url, other] = [await newFeed(), await newFeed()]
    serveAt(app, url, 'busy', { status: 429, headers: { 'retry-after': '7200' } })
    serveAt(app, other, rssOf(entries(1)))
    app.clock.later({ hours: 24 })
    await pollDueFeeds(app)
    const asked = app.feedServer.requests.length
    app.clock.later({ hours: 1 })
    expect(await pollDueFeeds(app)).toEqual([])
    expect(app.feedServer.requests.length).toBe(asked)
    app.clock.later({ hours: 2 })
    expect(await pollDueFeeds(app)).not.toEqual([])
  })

  it('lets a feed alone wait that redirects to another host, whose feeds are polled on', async () => {
    const [url, other] = [await newFeed(), await newFeed()]
    const [away, theirs] = [url, other].map((address) => address.replace('127.0.0.1', 'localhost'))
    await app.db.updateTable('feeds').set({ url: theirs! }).where('url', '=', other).execute()
    serveAt(app, url, '', { status: 302, headers: { location: `${away}/busy` } })
    serveAt(app, `${url}/busy`, 'busy', { status: 429, headers: { 'retry-after': '7200' } })
    serveAt(app, other, rssOf(entries(1)))
    expect(await pollDueFeeds(app)).toHaveLength(2)
    expect(await app.db.selectFrom('host_waits').selectAll().execute()).toEqual([])
    expect(
      app
        .now()
        .until((await feedAt(app, url)).next_poll_at)
        .total('seconds'),
    ).toBeGreaterThanOrEqual(7200)
  })

  it('stops polling a feed that is gone, and pauses a feed that was not found for 30 days', async () => {
    const [gone, lost] = [await newFeed(), await newFeed()]
    serveAt(app, gone, '', { status: 410 })
    serveAt(app, lost, '', { status: 404 })
    await pollAgain(app, gone)
    await pollAgain(app, lost)
    expect(await feedAt(app, gone)).toMatchObject({
      state: 'gone',
      last_error: 'the server answers 410 (the feed was removed for good)',
    })
    expect(await feedAt(app, lost)).toMatchObject({ state: 'active' })
    app.clock.later({ hours: 24 * 30 })
    await pollAgain(app, lost)
    expect(await feedAt(app, lost)).toMatchObject({
      state: 'paused',
      last_error: 'the server answers 404 (nothing is at this address)',
    })
  })

  it('moves a feed only after three permanent redirects to a feed with the same items', async () => {
    const url = await newFeed()
    const target = `${app.feedServer.url}/moved-${n++}`
    serveAt(app, url, rssOf(entries(3)))
    await pollAgain(app, url)
    serveAt(app, url, '', { status: 301, headers: { location: target } })
    serveAt(app, target, rssOf(entries(3, 'other')))
    await pollAgain(app, url)
    expect(await feedAt(app, url)).toMatchObject({ moving_seen: 0 })
    serveAt(app, target, rssOf(entries(4)))
    for (const seen of [1, 2]) {
      await pollAgain(app, url)
      expect(await feedAt(app, url)).toMatchObject({ moving_to: target, moving_seen: seen })
    }
    await pollAgain(app, url)
    expect(await feedAt(app, target)).toMatchObject({ moving_to: null, title: 'Desk' })
  })
})

describe('a feed with many new entries at once', () => {
  const states = async (url: string) => {
    const rows = await app.db
      .selectFrom('revisions')
      .innerJoin('items', 'items.id', 'revisions.item_id')
      .innerJoin('feeds', 'feeds.id', 'items.feed_id')
      .where('feeds.url', '=', url)
      .select('revisions.state')
      .execute()
    return rows.map(({ state }) => state)
  }

  it.each([
    ['more than 20 new entries', rssOf([...entries(10), ...entries(21, 'n')]), '21 of 31 entries are new in one poll'],
    ['another feed at the same address', rssOf(entries(10, 'o')), 'all 10 entries are new in one poll'],
  ])('is held: %s', async (_, body, reason) => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(10)))
    await pollAgain(app, url)
    serveAt(app, url, body)
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'held', note: reason }])
    expect(await feedAt(app, url)).toMatchObject({ state: 'held', held_reason: reason })
    expect((await states(url)).filter((state) => state === 'held').length).toBeGreaterThanOrEqual(10)
  })

  it('goes on with edits and with later entries while it lists what was known before', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(10)))
    await pollAgain(app, url)
    const sudden = entries(21, 'n')
    serveAt(app, url, rssOf([...sudden, { id: '0', text: 'Edited.' }, ...entries(10).slice(1)]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'held', added: 21, edited: 1 }])
    serveAt(
      app,
      url,
      rssOf([{ id: 'later' }, { id: 'n1', text: 'Edited.' }, ...sudden.slice(2), { id: '1', text: 'Edited.' }]),
    )
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 2 }])
    const waiting = (await states(url)).filter((state) => state === 'held')
    expect(waiting).toHaveLength(22)
    expect((await feedAt(app, url)).held_reason).toBe('21 of 31 entries are new in one poll')
  })

  it('holds what comes later where nothing was known before', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(10)))
    await pollAgain(app, url)
    serveAt(app, url, rssOf(entries(10, 'other')))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'held', added: 10 }])
    serveAt(app, url, rssOf([{ id: 'later' }, ...entries(10, 'other')]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'held', added: 1 }])
  })

  it('is not held at the first poll, nor for a few new entries', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf(entries(60)))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 60 }])
    expect((await items(url)).every(({ backfill }) => backfill)).toBe(true)
    serveAt(app, url, rssOf([...entries(4, 'n'), ...entries(60)]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 4 }])
    expect(await states(url)).not.toContain('held')
  })
})
