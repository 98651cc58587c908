import type { App } from '../../../app.ts'
import { foreign } from '../../../editions/mail/mail-source.ts'
import { feedHealth, isPolled } from '../../../feeds/rules/health.ts'
import { formatEvery } from '../../../feeds/rules/own-interval.ts'
import { countItemsOf, folderNames, latestItems } from '../../../feeds/store/feed-views.ts'
import { type Feed, findFeedById } from '../../../feeds/store/feeds.ts'
import { heldReports } from '../../../feeds/store/held.ts'
import { listPollDays } from '../../../feeds/store/polls.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { page } from '../../page.ts'
import { pathId } from '../../request.ts'
import { feedFacts, heldView, itemView } from './feed-view.ts'
import { pollStrip, stripFrom } from './poll-strip.ts'

const maxItems = 20
const maxHeld = 50

/** GET /admin/feeds/:id: the state of one feed, its items, the entries that wait for a decision, and forms for what can be done about it. */
export function feedRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds/:id', async (c) => {
    const feed = await feedIn(c, app)
    return feed ? showFeed(c, app, feed) : c.notFound()
  })
  return web
}

/** The feed of the id in the path; undefined where there is none. */
export async function feedIn(c: WebContext, app: App): Promise<Feed | undefined> {
  const id = pathId(c, 'id')
  return id === undefined ? undefined : findFeedById(app.db, id)
}

/** The page of a feed as it is now, with why an act on it was refused. */
export async function showProblem(c: WebContext, app: App, feed: Feed, problem: string): Promise<Response> {
  return showFeed(c, app, (await findFeedById(app.db, feed.id)) ?? feed, problem)
}

/** What the act before this page did, by the word in `?done=`. */
const notices: Record<string, string> = {
  added: 'The feed was added. A worker polls it next.',
  known: 'This feed is already in the list. Nothing was changed.',
  due: 'A worker polls this feed next.',
  resumed: 'Polling was resumed. A worker polls this feed next.',
  moved: 'The feed has its new URL. A worker polls it next.',
  removed: 'The feed was removed. Its items are kept, because editions cite them.',
  saved: 'The settings are saved. They apply to new items.',
  accept: 'The new entries of this feed count as news now.',
  skip: 'The new entries of this feed are kept without mail.',
}

/** The page of one feed; `problem` is why the last act was refused. */
async function showFeed(c: WebContext, app: App, feed: Feed, problem?: string): Promise<Response> {
  const now = app.now()
  const [days, held, items, count, folders] = await Promise.all([
    listPollDays(app.db, stripFrom(now), [feed.id]),
    heldReports(app.db, feed.id, maxHeld),
    latestItems(app.db, feed.id, maxItems),
    countItemsOf(app.db, feed.id),
    folderNames(app.db),
  ])
  const view = {
    title: shorten(feed.title || feed.url, 200),
    section: 'feeds',
    wide: true,
    lang: foreign(feed.language),
    notice: notices[c.req.query('done') ?? ''],
    problem: problem ?? null,
    feed: { id: feed.id, repairs: feed.repairs, ...feedHealth(feed, now) },
    polled: isPolled(feed),
    newUrl: feed.moving_to ?? '',
    removed: feed.state === 'gone',
    succeeded: feed.last_success_at !== null,
    settings: {
      fullText: feed.full_text,
      republish: feed.republish,
      digestOnly: feed.digest_only,
      folder: feed.folder ?? '',
      publisher: feed.publisher ?? '',
      every: feed.own_interval_s ? formatEvery(feed.own_interval_s) : '',
    },
    folders,
    facts: feedFacts(feed, count),
    strip: pollStrip(days.get(feed.id) ?? [], now),
    held: feed.state === 'held' ? heldView(feed, held) : null,
    items: items.map(itemView),
  }
  return page(c, app, 'admin/feed', view, problem ? 422 : 200)
}
