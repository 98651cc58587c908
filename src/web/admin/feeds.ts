import { discoverFeed } from '../../actions/discover-feed.ts'
import { addFeed, pollFeeds, settleHeld } from '../../actions/feeds.ts'
import type { App } from '../../app.ts'
import { feedHealth } from '../../domain/feed-health.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { listFeedRows } from '../../store/admin-views.ts'
import { listPollDays } from '../../store/poll-days.ts'
import { type Routes, routes, type WebContext } from '../context.ts'
import { readForm } from '../form.ts'
import { page } from '../page.ts'
import { pollStrip, stripFrom } from './poll-strip.ts'

const notices: Record<string, string> = {
  added: 'The feed was added and is due now.',
  known: 'This feed is there already.',
  due: 'Due now: the next sweep polls it.',
  accept: 'What was held counts as news now.',
  skip: 'What was held is kept, and will not be mailed.',
}

/** GET /admin/feeds, POST to add one, /admin/feeds/poll to make one or all due, /admin/feeds/held to end a hold. */
export function feedRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds', (c) => showFeeds(c, app, { url: '', problem: null }))
  web.post('/admin/feeds', async (c) => {
    const url = (await readForm(c)).text('url').trim()
    try {
      const found = await discoverFeed(app, url)
      const { kind } = await addFeed(app, found.url, `admin:${c.get('admin').id}`)
      return c.redirect(`/admin/feeds?done=${kind}`, 303)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return showFeeds(c, app, { url, problem: error.message })
    }
  })
  web.post('/admin/feeds/poll', async (c) => {
    const url = (await readForm(c)).text('url')
    await pollFeeds(app, url || undefined)
    return c.redirect('/admin/feeds?done=due', 303)
  })
  web.post('/admin/feeds/held', async (c) => {
    const form = await readForm(c)
    const decision = form.text('decision') === 'accept' ? 'accept' : 'skip'
    try {
      await settleHeld(app, form.text('url'), decision, `admin:${c.get('admin').id}`)
      return c.redirect(`/admin/feeds?done=${decision}`, 303)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return showFeeds(c, app, { url: '', problem: error.message })
    }
  })
  return web
}

async function showFeeds(c: WebContext, app: App, entered: { url: string; problem: string | null }): Promise<Response> {
  const now = app.now()
  const [rows, days] = await Promise.all([listFeedRows(app.db), listPollDays(app.db, stripFrom(now))])
  const feeds = rows.map((feed) => ({
    ...{ url: feed.url, title: feed.title || feed.url, items: feed.items, folder: feed.folder },
    ...{ active: feed.state === 'active' || feed.state === 'held', held: feed.state === 'held' },
    strip: pollStrip(days.get(feed.id) ?? [], now),
    ...feedHealth(feed, now),
  }))
  const notice = notices[c.req.query('done') ?? '']
  const view = { title: 'Feeds', section: 'feeds', wide: true, feeds, notice, ...entered }
  return page(c, app, 'admin/feeds', view, entered.problem ? 422 : 200)
}
