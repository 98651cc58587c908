import { afterAll, describe, expect, test } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { findFeedById, insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { openFeedAdmin } from '../support/feed-admin.ts'

const { app, pages, admin, read, press, doneBy } = await openFeedAdmin()
afterAll(() => app.close())

let others = 0
async function newFeed(change = {}): Promise<number> {
  others += 1
  const feed = (await insertFeed(app.db, { url: `https://desk${others}.example/feed`, title: '', now: app.now() }))!
  await app.db
    .updateTable('feeds')
    .set({ next_poll_at: app.now().add({ hours: 5 }), ...change })
    .where('id', '=', feed.id)
    .execute()
  return feed.id
}

const feed = async (id: number) => (await findFeedById(app.db, id))!

describe('the page of a feed', () => {
  test('shows the state of the feed, its repairs, and links to its items', async () => {
    const url = app.feedServer.set('/page.xml', { body: rssOf(entries(2), '<managingEditor>A & B</managingEditor>') })
    const { id } = (await insertFeed(app.db, { url, title: '', now: app.now() }))!
    await pollDueFeeds(app)
    await readRevisions(app)
    const page = await read(`/admin/feeds/${id}`)
    expect(page).toContain('<h1 dir="auto">Desk</h1>')
    expect(page).toContain('Polled just now.')
    expect(page).toContain('<li>ampersands and HTML entities were repaired</li>')
    expect(page).toMatch(/<a href="\/admin\/items\/\d+">Report 0<\/a>[\s\S]*href="https:\/\/desk\.example\/0"/)
  })

  test('has the last 30 days in words for readers who cannot see them', async () => {
    const id = await newFeed()
    const poll = { feed_id: id, polls: 12, failed: 2, added: 1 }
    await app.db
      .insertInto('poll_days')
      .values([
        { ...poll, day: '2026-11-22' },
        { ...poll, day: '2026-11-23', failed: 12, added: 0 },
      ])
      .execute()
    const page = await read(`/admin/feeds/${id}`)
    const said = 'Last 30 days: 1 day with some failed polls, 1 day with failed polls only, 28 days without polls'
    expect(page).toContain(`role="img" aria-label="${said}"`)
    expect(page).toContain('<b>22 Nov</b> 12 polls, 2 failed, 1 new item')
    expect(page.match(/<i class="(?:good|mixed|bad|none)" title/g)).toHaveLength(30)
    expect(await read('/admin/feeds')).toContain(`aria-label="${said}"`)
  })

  test('shows what a feed says of itself as text', async () => {
    const evil = '"><script>alert(1)</script>'
    const id = await newFeed({
      title: evil,
      folder: evil,
      site_url: 'javascript:alert(1)',
      failures: 1,
      last_error: evil,
    })
    const item = { feed_id: id, key: 'k', title: evil, url: 'javascript:alert(2)', author: null, published_at: null }
    const { db, now } = app
    const kept = db
      .insertInto('items')
      .values({ ...item, first_seen_at: now(), backfill: true })
      .returning('id')
    const revision = {
      item_id: (await kept.executeTakeFirstOrThrow()).id,
      n: 1,
      content_hash: '',
      title: evil,
      html: '',
    }
    await db
      .insertInto('revisions')
      .values({ ...revision, due_at: now(), saved_at: now() })
      .execute()
    expect(await read(`/admin/feeds/${id}`)).toContain('not read yet')
    for (const path of [`/admin/feeds/${id}`, '/admin/feeds', '/admin'])
      expect(await read(path)).not.toMatch(/<script|href="javascript/)
    await db.deleteFrom('revisions').where('item_id', '=', revision.item_id).execute()
    await db.deleteFrom('items').where('feed_id', '=', id).execute()
    await db.deleteFrom('feeds').where('id', '=', id).execute()
  })

  test.each(['0', '999999', 'x', '-1', '1e3x', '99999999999999999999'])('there is no feed %s', async (id) => {
    expect((await pages.get(`/admin/feeds/${id}`, admin)).status).toBe(404)
    for (const act of ['poll', 'resume', 'move', 'move/look', 'remove', 'held', 'settings'])
      expect((await pages.post(`/admin/feeds/${id}/${act}`, {}, admin)).status).toBe(404)
  })
})

test('no act is done without a session, for another site, or by opening its address', async () => {
  const id = await newFeed()
  const before = await feed(id)
  const headers = { ...admin.headers, 'sec-fetch-site': 'cross-site' }
  for (const act of ['poll', 'resume', 'move', 'remove', 'held', 'settings']) {
    const path = `/admin/feeds/${id}/${act}`
    expect((await pages.post(path, { republish: 'on' })).status).toBe(401)
    expect((await pages.post(path, { republish: 'on' }, { headers })).status).toBe(403)
    expect((await pages.get(path, admin)).status).toBe(404)
  }
  expect(await feed(id)).toEqual(before)
  expect(await doneBy(id)).toEqual([])
})

describe('a feed', () => {
  test('is polled at the press of a button', async () => {
    const id = await newFeed()
    expect((await press(id, 'poll')).headers.get('location')).toBe(`/admin/feeds/${id}?done=due`)
    expect((await feed(id)).next_poll_at).toEqual(app.now())
    expect(await doneBy(id)).toEqual([`poll now feed:${id}`])
  })

  test('is removed once, however often the button is pressed, and then not polled', async () => {
    const id = await newFeed()
    for (let n = 0; n < 2; n++) expect((await press(id, 'remove')).headers.get('location')).toContain('done=removed')
    expect((await feed(id)).state).toBe('gone')
    expect(await doneBy(id)).toEqual([`remove feed feed:${id}`])
    const refused = await press(id, 'poll')
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringMatching(/role="alert">.*Sitrep polls no feed/),
    ])
  })

  test.each(['paused', 'gone'] as const)('that is %s is polled again, once', async (state) => {
    const id = await newFeed({ state, failures: 40, last_error: 'the server answers 404' })
    expect(await read(`/admin/feeds/${id}`)).toContain('Resume polling')
    const said = [await press(id, 'resume'), await press(id, 'resume')].map((one) => one.headers.get('location'))
    expect(said).toEqual([`/admin/feeds/${id}?done=resumed`, `/admin/feeds/${id}?done=known`])
    expect(await feed(id)).toMatchObject({ state: 'active', failures: 0, next_poll_at: app.now() })
    expect(await doneBy(id)).toEqual([`resume feed feed:${id}`])
  })

  test('keeps its settings as they were sent, and the audit log keeps the change', async () => {
    const id = await newFeed({ republish: true })
    const settings = { fullText: 'on', digestOnly: 'on', folder: 'War' }
    for (let n = 0; n < 2; n++) await press(id, 'settings', settings)
    expect(await feed(id)).toMatchObject({ full_text: true, republish: false, digest_only: true, folder: 'War' })
    const event = app.db.selectFrom('audit_events').select('detail').where('subject', '=', `feed:${id}`)
    expect(await event.execute()).toEqual([
      { detail: { fullText: true, republish: false, digestOnly: true, folder: 'War' } },
    ])
    const page = await read(`/admin/feeds/${id}`)
    expect(page).toMatch(/name="fullText" value="on" checked/)
    expect(page).toMatch(/name="digestOnly" value="on" checked/)
    expect(page).toContain('<dd>digests only</dd>')
    expect(await read('/admin/feeds')).toContain('<small>Digest only</small>')
  })

  test.each([{ fullText: 'perhaps' }, { digestOnly: '1' }, { folder: 'x'.repeat(201) }])(
    'refuses invalid settings: %.40j',
    async (settings) => {
      const id = await newFeed()
      expect((await press(id, 'settings', settings)).status).toBe(422)
      expect(await doneBy(id)).toEqual([])
    },
  )
})

describe('the overview', () => {
  test('names each feed that ended, was paused or is held, and links to it', async () => {
    await app.db.deleteFrom('matches').execute()
    await app.db.updateTable('feeds').set({ state: 'active', held_reason: null, last_error: null }).execute()
    const asked = { last_polled_at: app.now() }
    const ended = await newFeed({
      state: 'gone',
      title: 'The Bulletin',
      last_error: 'the server answers 410',
      ...asked,
    })
    const paused = await newFeed({ state: 'paused', last_error: 'the server answers 404', ...asked })
    const removed = await newFeed({ state: 'gone', title: 'Taken out', ...asked })
    const page = await read('/admin')
    expect(page).toMatch(
      new RegExp(`“The Bulletin” has ended: its server answers 410\\..* <a href="/admin/feeds/${ended}"`),
    )
    expect(page).toMatch(
      new RegExp(`desk\\d+\\.example/feed” was not found for 30 days\\..* <a href="/admin/feeds/${paused}"`),
    )
    expect(page).not.toMatch(new RegExp(`“Taken out”.*/admin/feeds/${removed}"`))
  })

  test('names the first five of many feeds, and says how many more', async () => {
    for (let n = 0; n < 7; n++) await newFeed({ state: 'paused', title: `Lost ${n}` })
    const page = await read('/admin')
    expect(page.match(/was not found for 30 days/g)).toHaveLength(10)
    expect(page).toContain('The same is true of 3 more feeds.')
  })
})
