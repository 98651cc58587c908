import { afterAll, expect, test } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { findFeedById } from '../../src/feeds/store/feeds.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { auditedActions } from '../support/audit.ts'
import { openFeedAdmin } from '../support/feed-admin.ts'
import { feedAt, insertFeedAt, pollAgain } from '../support/feeds.ts'

const { app, pages, admin, press } = await openFeedAdmin()
afterAll(() => app.close())

/** A feed that was polled, in whose place a page stands that links to `/PATH-new`. */
async function movingFeed(path: string): Promise<{ id: number; to: string }> {
  app.feedServer.set(path, { body: rssOf(entries(3)) })
  const url = await insertFeedAt(app, path)
  await pollDueFeeds(app)
  const link = `<link rel="alternate" type="application/rss+xml" href="${path}-new">`
  app.feedServer.set(path, { body: `<!doctype html><html><head>${link}</head></html>` })
  await pollAgain(app, url)
  return { id: (await feedAt(app, url)).id, to: `${url}-new` }
}

test('a feed that seems to have moved is moved after a preview, from its page', async () => {
  const { id, to } = await movingFeed('/desk')
  app.feedServer.set('/desk-new', {
    body: rssOf([{ id: 'new', title: 'A <new> report', at: app.now() }, ...entries(3)]),
  })
  const page = await (await pages.get(`/admin/feeds/${id}`, admin)).text()
  expect(page).toContain(`It seems to have moved to ${to}.`)
  expect(page).toContain(`name="url" value="${to}"`)
  const preview = await (await press(id, 'move/look', { url: to })).text()
  expect(preview).toContain('3 entries are known. Nothing of them is mailed again.')
  expect(preview).toContain('1 new entry may be mailed as news.')
  expect(preview).toContain('Move the feed</button>')
  expect((await findFeedById(app.db, id))!.url).not.toBe(to)
  expect((await press(id, 'move', { url: to })).headers.get('location')).toBe(`/admin/feeds/${id}?done=moved`)
  expect(await findFeedById(app.db, id)).toMatchObject({ url: to, failures: 0, moving_to: null })
  expect(await auditedActions(app)).toContain(`move feed feed:${id}`)
})

test('a new address is warned of or refused in a sentence', async () => {
  const { id, to } = await movingFeed('/wire')
  for (const act of ['move', 'move/look']) expect((await press(id, act, { url: '' })).status).toBe(422)
  const lost = await press(id, 'move/look', { url: to })
  expect([lost.status, await lost.text()]).toEqual([422, expect.stringContaining('could not be fetched: the server')])
  app.feedServer.set('/wire-new', { body: rssOf(entries(2, 'other')) })
  const other = await (await press(id, 'move/look', { url: to })).text()
  expect(other).toContain('The new URL has no entry of this feed.')
  expect(other).toContain('Move it anyway</button>')
  const { url } = (await findFeedById(app.db, id))!
  const same = await press(id, 'move', { url })
  expect([same.status, await same.text()]).toEqual([422, expect.stringContaining('already.')])
})
