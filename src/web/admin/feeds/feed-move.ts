import { z } from 'zod'
import type { App } from '../../../app.ts'
import { type MovedEntry, type MovePlan, planMove } from '../../../feeds/plan-move.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { parseSent, readForm } from '../../request.ts'
import { feedIn, showProblem } from './feed.ts'
import { lookTimeoutMs } from './feed-preview.ts'
import { titleOf } from './feed-view.ts'

const urlSchema = z.string().trim().min(1, 'Enter the new URL of the feed, or of a page that links to it.')

/** POST /admin/feeds/:id/move/look fetches the new URL of a feed and shows what a move would do; nothing is stored. */
export function feedMoveRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds/:id/move/look', (c) => c.redirect(`/admin/feeds/${c.req.param('id')}`, 303))
  web.post('/admin/feeds/:id/move/look', async (c) => {
    const feed = await feedIn(c, app)
    if (!feed) return c.notFound()
    const form = await readForm(c)
    return catchUserError(
      async () => {
        const to = parseSent(urlSchema, form.text('url'))
        return showMove(c, app, await planMove(app, feed.url, to, AbortSignal.timeout(lookTimeoutMs)))
      },
      (problem) => showProblem(c, app, feed, problem),
    )
  })
  return web
}

function showMove(c: WebContext, app: App, plan: MovePlan) {
  const { feed, to, entries, known, news, old, sharesNothing, newest } = plan
  const name = shorten(feed.title || feed.url, 120)
  return page(c, app, 'admin/feed-move', {
    title: `Move ${name}`,
    section: 'feeds',
    wide: true,
    feed: { id: feed.id, name, url: feed.url },
    to,
    found: shorten(plan.title, 200),
    entries,
    counts: [
      `${plural(known, 'entry is', 'entries are')} known. Nothing of ${known === 1 ? 'it' : 'them'} is mailed again.`,
      `${plural(news, 'new entry', 'new entries')} may be mailed as news.`,
      `${plural(old, 'older entry is', 'older entries are')} kept without mail.`,
    ],
    sharesNothing,
    newest: newest.map(entryView),
  })
}

const entryView = ({ title, url, publishedAt, kind }: MovedEntry) => ({
  title: titleOf(title),
  link: outwardLink(url),
  at: publishedAt ? formatUtc(publishedAt) : 'no date',
  kind: { known: 'known', news: 'new', old: 'older, kept without mail' }[kind],
})
