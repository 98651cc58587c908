import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { addFeed, removeFeed } from '../../src/feeds/manage-feeds.ts'
import { moveFeedTo } from '../../src/feeds/move-feed.ts'
import { planMove } from '../../src/feeds/plan-move.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { feedHealth } from '../../src/feeds/rules/health.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { newsTo, welcomed } from '../editions/edit-mails.ts'
import { type Entry, entries, rssOf } from '../parsing/entries.ts'
import { auditedActions } from '../support/audit.ts'
import { feedAt, insertFeedAt, pollAgain, serveAt } from '../support/feeds.ts'
import { john } from '../support/people.ts'
import { guarantee } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let from: string
let to: string

beforeEach(async () => {
  app = await openTestApp({ feedServer: true, sink: true })
  from = await insertFeedAt(app, '/old')
  to = `${app.feedServer.url}/new`
})
afterEach(() => app.close())

const items = () => app.db.selectFrom('items').select(['key', 'url', 'title', 'backfill']).orderBy('id').execute()
const ago = (hours: number) => app.now().subtract({ hours })

/** Three reports that the readers of alerts want to know, an hour apart. */
const strikes = (): Entry[] =>
  ['Dara', 'Lorn', 'Velm'].map((town, n) => ({
    id: `http://desk.example/?p=${n}`,
    title: `Missiles hit the power plant of ${town}`,
    text: `Missiles hit the power plant of ${town} and left ${n + 3},000 homes without electricity.`,
    at: ago(n + 1),
    link: `http://desk.example/2026/${town}`,
  }))

/** The same reports with other keys, hosts, schemes and markup, and dates without seconds of their own. */
const elsewhere = (reports: Entry[]): Entry[] =>
  reports.map(({ id, link, text, ...same }) => ({
    ...same,
    id: `urn:new:${id}`,
    link: link!.replace('http://desk.example', 'https://news.example'),
    text: `&lt;div&gt;${text}&lt;/div&gt; &lt;p&gt;${guarantee}&lt;/p&gt;`,
  }))

const work = async (poll: Promise<unknown>) => {
  await poll
  await readRevisions(app)
  app.clock.later({ hours: 1 })
  await raiseAlerts(app)
}

describe('a feed that an admin moves', () => {
  it('keeps its items and mails nothing twice, whatever ids, links and markup the new address has', async () => {
    await welcomed(app, john)
    const reports = strikes()
    serveAt(app, from, rssOf([]))
    await work(pollDueFeeds(app))
    serveAt(app, from, rssOf(reports))
    await work(pollAgain(app, from))
    const mails = (await newsTo(app, john)).length
    expect(mails).toBeGreaterThan(0)
    const fresh = {
      id: 'fresh',
      title: 'Drones set the oil depot of Sorn on fire',
      text: 'Drones hit the oil depot of Sorn.',
      at: app.now(),
    }
    const older = {
      id: 'older',
      title: 'Drones hit the substation of Torn',
      text: 'Drones hit the substation of Torn.',
      at: ago(90),
    }
    serveAt(app, to, rssOf([fresh, ...elsewhere(reports), older]))
    const plan = await planMove(app, from, to)
    expect(plan).toMatchObject({ to, entries: 5, known: 3, news: 1, old: 1, sharesNothing: false })
    expect(plan.newest.map(({ kind }) => kind)).toEqual(['news', 'known', 'known', 'known', 'old'])
    const { id } = await feedAt(app, from)
    await moveFeedTo(app, from, to, 'test')
    await work(pollDueFeeds(app))
    await work(pollAgain(app, to))
    expect(await feedAt(app, to)).toMatchObject({ id, state: 'active', failures: 0 })
    expect((await items()).map(({ title, backfill, url }) => [title, backfill, new URL(url!).hostname])).toEqual([
      ...reports.map(({ title }) => [title, false, 'news.example']),
      [fresh.title, false, 'desk.example'],
      [older.title, true, 'desk.example'],
    ])
    const edits = await app.db.selectFrom('revisions').select(['skipped', 'state']).where('n', '>', 1).execute()
    expect(edits).toEqual(reports.map(() => ({ skipped: true, state: 'read' })))
    const news = (await newsTo(app, john)).slice(mails)
    expect(news.map(({ subject }) => subject)).toEqual([expect.stringContaining('oil depot of Sorn')])
    expect(await auditedActions(app)).toContain(`move feed feed:${id}`)
  })

  it('is polled again where it was paused, without what the old address answered', async () => {
    serveAt(app, from, rssOf(entries(3)), { etag: '"old"' })
    await pollDueFeeds(app)
    await app.db.updateTable('feeds').set({ state: 'paused', failures: 9, last_error: 'x', moving_to: to }).execute()
    serveAt(app, to, rssOf(entries(3)), { etag: '"old"' })
    await moveFeedTo(app, from, to, 'test')
    expect(await pollDueFeeds(app)).toMatchObject([{ feed: to, kind: 'unchanged' }])
    expect(await feedAt(app, to)).toMatchObject({ state: 'active', failures: 0, last_error: null, moving_to: null })
    expect(app.feedServer.requests.at(-1)!.headers['if-none-match']).toBeUndefined()
  })

  it.each<[string, () => unknown, RegExp]>([
    ['no feed', () => serveAt(app, to, '<html><body>News</body></html>'), /No feed was found on the page/],
    ['nothing', () => undefined, /could not be fetched: the server answers 404/],
    ['another feed', () => addFeed(app, to, 'test'), /as another feed already\. Remove one/],
    ['another feed but for a slash', () => addFeed(app, `${to}/`, 'test'), /as another feed already/],
  ])('is refused where at the new address is %s', async (_, prepare, reason) => {
    serveAt(app, from, rssOf(entries(3)))
    await pollDueFeeds(app)
    await prepare()
    await expect(planMove(app, from, to)).rejects.toThrow(reason)
    expect((await feedAt(app, from)).state).toBe('active')
  })

  it('is refused where the new address is the old one', async () => {
    await expect(planMove(app, from, from)).rejects.toThrow(/has the URL .* already/)
    await expect(moveFeedTo(app, from, `${from}#top`, 'test')).rejects.toThrow(/has the URL .* already/)
  })

  it('shares nothing with another feed, and is none where no feed is', async () => {
    serveAt(app, from, rssOf(entries(3)))
    await pollDueFeeds(app)
    serveAt(app, to, rssOf(entries(3, 'other')))
    expect(await planMove(app, from, to)).toMatchObject({ known: 0, sharesNothing: true })
    await expect(planMove(app, `${from}-lost`, to)).rejects.toThrow('There is no feed with the URL')
    await addFeed(app, to, 'test')
    await expect(moveFeedTo(app, from, to, 'test')).rejects.toThrow('as another feed already')
  })

  it('takes the address of a feed that was removed, which gets the old one', async () => {
    serveAt(app, from, rssOf(entries(3)))
    serveAt(app, to, rssOf(entries(3)))
    await addFeed(app, to, 'test')
    await pollDueFeeds(app)
    await removeFeed(app, to, 'test')
    expect(await planMove(app, from, to)).toMatchObject({ known: 3 })
    await moveFeedTo(app, from, to, 'test')
    const feeds = (await listFeeds(app.db)).map(({ url, state }) => ({ url, state }))
    expect(feeds).toEqual([
      { url: to, state: 'active' },
      { url: from, state: 'gone' },
    ])
  })
})

describe('the health of a feed names a new address', () => {
  const sentence = async () => feedHealth(await feedAt(app, from), app.now()).sentence

  it('where a page took its place that links to a feed', async () => {
    serveAt(app, from, rssOf(entries(3)))
    await pollDueFeeds(app)
    serveAt(
      app,
      from,
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/new"></head></html>',
    )
    await pollAgain(app, from)
    expect(await sentence()).toContain(`It seems to have moved to ${to}. Look at the new URL and move the feed.`)
    serveAt(app, from, rssOf(entries(3)))
    await pollAgain(app, from)
    expect(await sentence()).not.toContain('moved')
  })

  it('where its server redirects for good to a feed without its items', async () => {
    serveAt(app, from, rssOf(entries(3)))
    await pollDueFeeds(app)
    serveAt(app, from, '', { status: 301, headers: { location: to } })
    serveAt(app, to, rssOf(entries(3, 'other')))
    await pollAgain(app, from)
    expect(await sentence()).toContain(`It seems to have moved to ${to}.`)
    serveAt(app, to, rssOf(entries(4)))
    await pollAgain(app, from)
    expect(await sentence()).toContain(`redirects to ${to} for good. Sitrep moves the feed after three such polls.`)
  })
})
