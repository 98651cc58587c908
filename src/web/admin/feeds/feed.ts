import type { App } from '../../../app.ts'
import { foreign } from '../../../editions/mail/mail-item.ts'
import { feedHealth, isPolled } from '../../../feeds/rules/health.ts'
import {
  countItemsOf,
  folderNames,
  heldReports,
  type LatestItem,
  latestItems,
} from '../../../feeds/store/feed-views.ts'
import { type Feed, findFeedById } from '../../../feeds/store/feeds.ts'
import { listPollDays } from '../../../feeds/store/poll-days.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { page } from '../../page.ts'
import { pathId } from '../../query.ts'
import { feedFacts } from './feed-facts.ts'
import { heldFeedView } from './feed-held.ts'
import { pollStrip, stripFrom } from './poll-strip.ts'

const shownItems = 20
const shownHeld = 50

/** GET /admin/feeds/:id: how one feed is, what it brought, what is held of it, and what can be done about it. */
export function feedRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds/:id', async (c) => {
    const feed = await feedIn(c, app)
    return feed ? showFeed(c, app, feed) : c.notFound()
  })
  return web
}

/** The feed that the path names; undefined when there is none. */
export async function feedIn(c: WebContext, app: App): Promise<Feed | undefined> {
  const id = pathId(c, 'id')
  return id === undefined ? undefined : findFeedById(app.db, id)
}

const notices: Record<string, string> = {
  added: 'The feed was added. It will be polled next.',
  known: 'This feed was already there. Nothing was changed.',
  due: 'The feed is due now and will be polled next.',
  resumed: 'Polling was resumed. The feed is due now.',
  removed: 'The feed is no longer polled. Its items are kept, because editions cite them.',
  saved: 'The settings are saved. They apply to new items.',
  accept: 'The held reports count as news now.',
  skip: 'The held reports are kept and will not be mailed.',
}

/** The page of one feed; `problem` is why what was asked for was not done. */
export async function showFeed(c: WebContext, app: App, feed: Feed, problem?: string): Promise<Response> {
  const now = app.now()
  const [days, held, items, count, folders] = await Promise.all([
    listPollDays(app.db, stripFrom(now), feed.id),
    heldReports(app.db, feed.id, shownHeld),
    latestItems(app.db, feed.id, shownItems),
    countItemsOf(app.db, feed.id),
    folderNames(app.db),
  ])
  const title = shorten(feed.title || feed.url, 200)
  const view = {
    ...{ title, section: 'feeds', wide: true, lang: foreign(feed.language), folders, count },
    ...{ notice: notices[c.req.query('done') ?? ''], problem: problem ?? null },
    feed: { id: feed.id, url: feed.url, repairs: feed.repairs, ...feedHealth(feed, now) },
    ...{ polled: isPolled(feed), removed: feed.state === 'gone', asked: feed.last_success_at !== null },
    settings: { fullText: feed.full_text, republish: feed.republish, folder: feed.folder ?? '' },
    facts: feedFacts(feed),
    strip: pollStrip(days.get(feed.id) ?? [], now),
    held: feed.state === 'held' ? heldFeedView(feed, held) : null,
    items: items.map(itemView),
  }
  return page(c, app, 'admin/feed', view, problem ? 422 : 200)
}

const states: Record<LatestItem['state'], string> = {
  held: 'held',
  unread: 'not read yet',
  read: '',
  failed: 'could not be read',
}

function itemView({ id, title, url, at, isRead, state }: LatestItem) {
  return {
    ...{ title: shorten(title, 200) || 'Untitled report', at: formatUtc(at), state: states[state] },
    ...{ page: isRead ? `/admin/items/${id}` : null, link: outwardLink(url) },
  }
}
