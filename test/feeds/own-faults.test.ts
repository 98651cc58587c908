import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { feedHealth } from '../../src/feeds/rules/health.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { listPollDays } from '../../src/feeds/store/polls.ts'
import { createFetcher } from '../../src/http/fetch.ts'
import { createReaderPool } from '../../src/threads/pool.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** The hosts whose names cannot be looked up now. */
let down: Set<string>
let app: TestApp

beforeEach(async () => {
  down = new Set()
  app = await openFeeds({})
})
afterEach(() => app.close())

const hosts = ['desk.example', 'wire.example', 'daily.example', 'press.example']

/** An app with a feed of each host, all of which were polled once. */
async function openFeeds(overrides: Partial<App>): Promise<TestApp> {
  const resolve = async (host: string) => {
    if (down.has(host)) throw Object.assign(new Error('queryA'), { code: 'EAI_AGAIN' })
    return ['127.0.0.1']
  }
  const terms = { site: 'https://sitrep.example', contact: 'desk@sitrep.example', allow: ['127.0.0.0/8', ...hosts] }
  const fetcher = createFetcher({ ...terms, resolve, gapMs: 0 })
  const opened = await openTestApp({ feedServer: true, overrides: { fetcher, ...overrides } })
  opened.feedServer.set('/feed', { body: rssOf(entries(2)), headers: { connection: 'close' } })
  for (const host of hosts) {
    const url = `http://${host}:${opened.feedServer.port}/feed`
    await insertFeed(opened.db, { url, title: host, now: opened.now() })
  }
  return opened
}

/** Polls all feeds; gives the kind of each result. */
async function pollAll() {
  await app.db.updateTable('feeds').set({ next_poll_at: app.now() }).execute()
  return (await pollDueFeeds(app)).map(({ kind }) => kind)
}

/** What must not change with a fault of ours. */
async function healths() {
  const failed = [
    ...(
      await listPollDays(
        app.db,
        '2026-01-01',
        (await listFeeds(app.db)).map(({ id }) => id),
      )
    ).values(),
  ]
    .flat()
    .map((day) => day.failed)
  const feeds = await listFeeds(app.db)
  return feeds.map((feed, n) => {
    const { failures, failing_since, last_error, claimed_by, state } = feed
    return {
      failures,
      failing_since,
      last_error,
      claimed_by,
      state,
      word: feedHealth(feed, app.now()).word,
      failed: failed[n],
    }
  })
}

const well = {
  failures: 0,
  failing_since: null,
  last_error: null,
  claimed_by: null,
  state: 'active',
  word: 'fresh',
  failed: 0,
}

/** The failure is counted against no feed, and the health of each says what went wrong. */
const ownError = (message: unknown) => Array(4).fill({ ...well, last_error: message, word: 'failing' })

describe('no feed is blamed', () => {
  it('when no server can be reached, which an alarm says', async () => {
    await pollAll()
    for (const host of hosts) down.add(host)
    app.clock.later({ hours: 1 })
    expect(await pollAll()).toEqual(Array(4).fill('postponed'))
    expect(await healths()).toEqual(Array(4).fill(well))
    const due = (await listFeeds(app.db)).map(({ next_poll_at }) => app.now().until(next_poll_at).total('minutes'))
    expect(due).toEqual([5, 5, 5, 5])
    const pages = pagesOf(app)
    const overview = async () => (await pages.get('/admin', await pages.signIn())).text()
    expect(await overview()).toContain('No server of a feed can be reached since Mon 23 Nov 2026, 13:00 UTC.')
    app.clock.later({ hours: 1 })
    expect(await overview()).not.toContain('No server of a feed can be reached')
  })

  it('for an error in Sitrep', async () => {
    await pollAll()
    const { next_poll_at: usual } = (await listFeeds(app.db))[0]!
    const minutes = app.now().until(usual).total('minutes')
    app.fetcher = { ...app.fetcher, get: () => Promise.reject(new Error('a bug')) }
    expect(await pollAll()).toEqual(Array(4).fill('postponed'))
    expect(await healths()).toEqual(ownError('an error in Sitrep: a bug'))
    for (const { next_poll_at } of await listFeeds(app.db))
      expect(app.now().until(next_poll_at).total('minutes')).toBeLessThan(minutes * 1.2)
  })

  it('when this machine has no more files or sockets', async () => {
    await pollAll()
    app.fetcher = createFetcher({
      ...{ site: '', contact: '', allow: hosts, gapMs: 0 },
      resolve: () => Promise.reject(Object.assign(new Error('too many open files'), { code: 'EMFILE' })),
    })
    expect(await pollAll()).toEqual(Array(4).fill('postponed'))
    expect(await healths()).toEqual(ownError(expect.stringMatching(/^an error in Sitrep: /)))
  })

  it('when the threads that parse are closed while it is polled', async () => {
    await pollAll()
    app.feedServer.set('/feed', { body: rssOf(entries(3)) })
    const threads = createReaderPool()
    await threads.parse(Buffer.from(rssOf([])), { url: '' })
    app.reader = {
      ...threads,
      parse(...task) {
        const parsed = threads.parse(...task)
        void threads.close()
        return parsed
      },
    }
    expect(await pollAll()).toEqual(Array(4).fill('postponed'))
    expect(await healths()).toEqual(ownError(expect.stringMatching(/^an error in Sitrep: /)))
  })

  it('when the database cannot save what it brought', async () => {
    await pollAll()
    app.feedServer.set('/feed', { body: rssOf(entries(3)) })
    await sql`alter table revisions rename to revisions_away`.execute(app.db)
    expect(await pollAll()).toEqual(Array(4).fill('postponed'))
    await sql`alter table revisions_away rename to revisions`.execute(app.db)
    expect(await healths()).toEqual(ownError(expect.stringContaining('relation "revisions" does not exist')))
    expect(await pollAll()).toEqual(Array(4).fill('fresh'))
    expect(await healths()).toEqual(Array(4).fill(well))
  })
})

it('a feed is blamed when its server alone cannot be reached', async () => {
  await pollAll()
  down.add('desk.example')
  expect((await pollAll()).toSorted()).toEqual(['failed', 'unchanged', 'unchanged', 'unchanged'])
  expect((await healths())[0]).toMatchObject({
    failures: 1,
    word: 'failing',
    last_error: expect.stringContaining('could not be looked up'),
  })
})
