import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addFeed, removeFeed } from '../../src/feeds/manage-feeds.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { auditedActions } from '../support/audit.ts'
import { openFeedAdmin } from '../support/feed-admin.ts'
import { feedOf, flight, guarantee } from '../support/report.ts'

const { app, pages, admin } = await openFeedAdmin()
beforeEach(() => app.db.deleteFrom('feeds').execute())
afterAll(() => app.close())

const look = (url: string, more = {}) => pages.post('/admin/feeds/look', { url, ...more }, admin)
const add = (url: string, folder = '') => pages.post('/admin/feeds', { url, folder }, admin)
const feeds = () => listFeeds(app.db)
const pageOf = (...links: string[]) => ({
  headers: { 'content-type': 'text/html' },
  body: `<!doctype html><html><head>${links.join('')}</head></html>`,
})
const linked = (href: string, title: string) =>
  `<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`

const river = () => {
  const ago = (hours: number) => app.now().subtract({ hours })
  const report = (n: number, claims: string[]) => ({ guid: `r${n}`, title: `Day ${n}`, at: ago(72 - 24 * n), claims })
  return feedOf([report(1, [flight]), report(2, [guarantee]), report(3, [flight, guarantee])])
}

describe('the preview of an address', () => {
  test('shows the feed of a page, its entries and their takeaways, and stores nothing', async () => {
    const url = app.feedServer.set('/river.xml', { body: river() })
    const page = app.feedServer.set('/river', pageOf(linked('/river.xml', 'River'), linked('/talk.xml', 'Talk & more')))
    const answer = await look(page)
    const shown = await answer.text()
    expect(answer.status).toBe(200)
    for (const words of [
      'River Desk',
      url,
      '<dt>Entries</dt><dd>3</dd>',
      'about 2 items a day',
      'Sun 22 Nov 2026, 12:00 UTC',
    ])
      expect(shown).toContain(words)
    expect(shown.indexOf('Day 3')).toBeLessThan(shown.indexOf('Day 2'))
    expect(shown).toMatch(/This entry has 2 takeaways:[\s\S]*Four thousand people[\s\S]*<li>Displacement<\/li>/)
    expect(shown).toContain('Talk &amp; more')
    expect(shown).toContain(`name="url" value="${app.feedServer.url}/talk.xml"`)
    expect(await feeds()).toEqual([])
  })

  test('of another feed of a page leads back to that page', async () => {
    const url = app.feedServer.set('/talk.xml', { body: rssOf(entries(1)) })
    expect(await (await look(url, { page: 'https://example.org/"page' })).text()).toContain(
      'value="https://example.org/&quot;page"',
    )
  })

  test('fetches nothing on GET, without a session, or for another site', async () => {
    const url = app.feedServer.set('/untouched', { body: rssOf(entries(1)) })
    const path = `/admin/feeds/look?url=${encodeURIComponent(url)}`
    expect((await pages.get(path, admin)).headers.get('location')).toBe('/admin/feeds')
    expect((await pages.post('/admin/feeds/look', { url })).status).toBe(401)
    const headers = { ...admin.headers, 'sec-fetch-site': 'cross-site' }
    expect((await pages.post('/admin/feeds/look', { url }, { headers })).status).toBe(403)
    expect(app.feedServer.count('/untouched')).toBe(0)
  })

  test('of a feed in the list says so, also for http and a slash, and fetches nothing', async () => {
    const { feed } = await addFeed(app, 'https://news.example/all', 'test')
    const answer = await look('http://www.news.example/all/')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toMatch(new RegExp(`<a href="/admin/feeds/${feed.id}">.* is already in the list`))
  })

  test('offers the other feeds of a page whose first is polled already', async () => {
    const first = app.feedServer.set('/first.xml', { body: rssOf(entries(1)) })
    const page = app.feedServer.set('/two', pageOf(linked('/first.xml', ''), linked('/second.xml', '')))
    await addFeed(app, first, 'test')
    const shown = await (await look(page)).text()
    expect(shown).toContain('is already in the list')
    expect(shown).toContain(`value="${app.feedServer.url}/second.xml"`)
  })

  test('of a removed feed says that adding it resumes polling', async () => {
    const url = app.feedServer.set('/again.xml', { body: rssOf(entries(1)) })
    await addFeed(app, url, 'test')
    await removeFeed(app, url, 'test')
    expect(await (await look(url)).text()).toContain('Adding it resumes polling')
    await add(url)
    expect(await feeds()).toMatchObject([{ url, state: 'active' }])
  })

  test('says in a sentence why a feed could not be fetched, and lets it be added anyway', async () => {
    const shown = await (await look(`${app.feedServer.url}/lost`)).text()
    expect(shown).toContain('The feed could not be fetched: the server answers 404 (nothing is at this address).')
    expect(shown).toContain('Add it anyway')
  })

  test('says that a protection against robots answers, and does not promise that later polls help', async () => {
    const url = app.feedServer.set('/protected', { status: 403, headers: { 'cf-mitigated': 'challenge' } })
    const shown = await (await look(url)).text()
    expect(shown).toContain('a protection against robots (Cloudflare) answers instead of the server.')
    expect(shown).toContain('or try another address. You can add it anyway.')
    expect(shown).not.toContain('Sitrep will try again')
  })

  test('says that a feed holds nothing yet', async () => {
    const url = app.feedServer.set('/empty.xml', { body: rssOf([]) })
    expect(await (await look(url)).text()).toContain('The feed holds nothing yet. Its first entry will be news.')
  })

  test.each([
    ['', 'Enter the URL of a feed'],
    ['javascript:alert(1)', 'not with javascript:'],
    ['https://me:secret@example.org/', 'must have no user name'],
    ['x'.repeat(3000), 'at most 2,000 characters'],
    [`https://example.org/${'x'.repeat(3000)}`, 'at most 2,000 characters'],
  ])('is refused with one sentence for %.40j', async (url, sentence) => {
    const answer = await look(url)
    const shown = await answer.text()
    expect(answer.status).toBe(422)
    expect(shown).toContain('id="url-problem"')
    expect(shown).toContain(sentence)
  })

  test('shows what strangers wrote as text only', async () => {
    const evil = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;'
    const items = [{ id: 'a', title: `Day ${evil}`, text: `<![CDATA[<p>${evil}</p>]]>`, link: 'javascript:alert(1)' }]
    const url = app.feedServer.set('/evil.xml', { body: rssOf(items).replace('Desk', `Desk ${evil}`) })
    const hostile = [linked('javascript:alert(2)', 'x'), linked('/o.xml', '"><script>alert(3)</script>')]
    const page = app.feedServer.set('/evil', pageOf(linked('/evil.xml', ''), ...hostile))
    const shown = await (await look(page)).text()
    expect(shown).toContain(url)
    expect(shown).not.toMatch(/<script|<img|href="javascript|value="javascript/)
  })
})

describe('adding a previewed feed', () => {
  test('saves it with its folder, due at once, without fetching it again', async () => {
    const url = app.feedServer.set('/saved.xml', { body: rssOf(entries(1)) })
    const answer = await add(url, '  War \n zones ')
    const [feed] = await feeds()
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/admin/feeds/${feed!.id}?done=added`])
    expect(feed).toMatchObject({ url, folder: 'War zones', state: 'active' })
    expect(app.feedServer.count('/saved.xml')).toBe(0)
    expect((await auditedActions(app))[0]).toBe(`add feed feed:${feed!.id}`)
  })

  test('adds one feed when pressed twice, also at the same moment', async () => {
    const done = await Promise.all([1, 2].map(() => add('https://example.org/twice')))
    const said = [...done, await add('https://example.org/twice')].map((one) => one.headers.get('location')!)
    expect(said.map((location) => location.replace(/.*=/, '')).sort()).toEqual(['added', 'known', 'known'])
    expect(await feeds()).toHaveLength(1)
  })

  test('is refused without a session, with too long a folder, or with a bad address', async () => {
    expect((await pages.post('/admin/feeds', { url: 'https://example.org/' })).status).toBe(401)
    expect((await add('https://example.org/', 'x'.repeat(201))).status).toBe(422)
    expect((await add('nothing')).status).toBe(422)
    expect(await feeds()).toEqual([])
  })
})
