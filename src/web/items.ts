import type { App } from '../app.ts'
import { foreign } from '../editions/mail/mail-item.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import { findItemReading } from '../reading/store/item-readings.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { namesBySlug } from './editions.ts'
import { itemView } from './item-view.ts'
import { page } from './page.ts'

/** GET /items/:id: what an item says and where. Its whole text only where an admin marked the feed as free to republish. */
export function itemRoutes(app: App): Routes {
  const web = routes()
  web.get('/items/:id', (c) => showItem(c, app, 'public'))
  return web
}

/** The page of an item, for everybody or for signed-in staff, who see the whole text. */
export async function showItem(c: WebContext, app: App, to: 'public' | 'staff'): Promise<Response> {
  const id = /^\d{1,15}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0
  const reading = id > 0 ? await findItemReading(app.db, id) : undefined
  if (!reading) return Promise.resolve(c.notFound())
  const whole = to === 'staff' || reading.feed.republish
  if (!reading.feed.republish) c.header('X-Robots-Tag', 'noindex')
  return page(c, app, 'item', {
    ...{ title: reading.title || 'Untitled report', section: to === 'staff' ? 'feeds' : 'editions', id, whole, to },
    feed: reading.feed.title,
    lang: foreign(reading.feed.language),
    link: outwardLink(reading.url),
    at: formatUtc(reading.publishedAt ?? reading.firstSeenAt),
    revision: reading.revision,
    ...itemView(reading, { whole, names: await namesBySlug(app) }),
  })
}
