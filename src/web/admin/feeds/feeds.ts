import type { App } from '../../../app.ts'
import { foreign } from '../../../editions/mail/mail-source.ts'
import { addFeed, pollFeedsNow } from '../../../feeds/manage-feeds.ts'
import { feedHealth } from '../../../feeds/rules/health.ts'
import { feedPage } from '../../../feeds/store/feed-views.ts'
import { listPollDays } from '../../../feeds/store/polls.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { paged, pageStart, readForm } from '../../request.ts'
import { actorOf } from '../system/session.ts'
import { pollStrip, stripFrom } from './poll-strip.ts'

const perPage = 50

/** GET /admin/feeds lists the feeds, those with `?q=` in title, URL or folder; POST adds one that was previewed; POST /admin/feeds/poll makes all due. */
export function feedsRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds', (c) => showFeeds(c, app))
  web.post('/admin/feeds', async (c) => {
    const form = await readForm(c)
    const url = form.text('url')
    const act = async () => {
      const { kind, feed } = await addFeed(app, url, actorOf(c), {
        folder: form.text('folder'),
        asked: form.text('asked') || url,
      })
      return c.redirect(`/admin/feeds/${feed.id}?done=${kind}`, 303)
    }
    return catchUserError(act, (problem) => showFeeds(c, app, { url, problem }))
  })
  web.post('/admin/feeds/poll', async (c) => {
    await pollFeedsNow(app, undefined, actorOf(c))
    return c.redirect('/admin/feeds?done=due', 303)
  })
  return web
}

/** What was entered in the forms of the page, and what is wrong with it. */
type Entered = { url?: string; problem?: string; fileProblem?: string }

/** A page of the feeds, with its forms as they were sent where something in one was wrong. */
export async function showFeeds(c: WebContext, app: App, entered: Entered = {}): Promise<Response> {
  const now = app.now()
  const sought = (c.req.query('q') ?? '').trim().slice(0, 200)
  const { rows, next } = paged(await feedPage(app.db, { after: pageStart(c), limit: perPage + 1, sought }), perPage)
  const ids = rows.map(({ id }) => id)
  const days = await listPollDays(app.db, stripFrom(now), ids)
  const feeds = rows.map((feed) => ({
    id: feed.id,
    url: feed.url,
    title: shorten(feed.title || feed.url, 120),
    lang: foreign(feed.language),
    items: feed.items,
    folder: feed.folder,
    digestOnly: feed.digest_only,
    held: feed.state === 'held',
    strip: pollStrip(days.get(feed.id) ?? [], now),
    ...feedHealth(feed, now),
  }))
  const notice = c.req.query('done') === 'due' ? 'A worker polls all feeds next.' : null
  const forms = { url: '', problem: null, fileProblem: null, ...entered }
  const view = { title: 'Feeds', section: 'feeds', wide: true, feeds, sought, next, notice, ...forms }
  return page(c, app, 'admin/feeds', view, entered.problem || entered.fileProblem ? 422 : 200)
}
