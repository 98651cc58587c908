import type { App } from '../app.ts'
import { foreign } from '../editions/mail/mail-source.ts'
import { correctionsOfItem } from '../editions/store/item-corrections.ts'
import { type ItemState, knownItem } from '../editions/store/withheld-items.ts'
import { dateAt, formatUtc, longDate } from '../platform/text/format-instant.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import { findItemReading } from '../reading/store/item-readings.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { itemView } from './item-view.ts'
import { metaOf } from './metadata.ts'
import { message, page } from './page.ts'
import { pathId } from './request.ts'

/** GET /items/:id: the takeaways of an item and its passages; its full text only where an admin allowed it for the feed. */
export function itemRoutes(app: App): Routes {
  const web = routes()
  web.get('/items/:id', (c) => showItem(c, app, 'public'))
  return web
}

/** GET /admin/items/:id: the same with the full text, for admins. */
export function adminItemRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/items/:id', (c) => showItem(c, app, 'admin'))
  return web
}

async function showItem(c: WebContext, app: App, to: 'public' | 'admin'): Promise<Response> {
  const id = pathId(c, 'id')
  const reading = id === undefined ? undefined : await findItemReading(app.db, id)
  if (!reading) return c.notFound()
  const item = await knownItem(app.db, reading.id)
  if (to === 'public' && item.withheld) return showWithheld(c, app, item)
  const whole = to === 'admin' || reading.feed.republish
  c.header('X-Robots-Tag', 'noindex')
  const title = reading.title || 'Untitled report'
  const about = `The takeaways of a report of ${reading.feed.title}, each with the passage that supports it: ${title}`
  return page(c, app, 'item', {
    title,
    ...(to === 'public' && { meta: metaOf(app.config, `/items/${id}`, about, { type: 'article' }) }),
    section: to === 'admin' ? 'feeds' : 'editions',
    id,
    whole,
    feed: reading.feed.title,
    lang: foreign(reading.language),
    link: outwardLink(reading.url),
    at: formatUtc(reading.publishedAt ?? reading.firstSeenAt),
    revision: reading.revision,
    corrections: (await correctionsOfItem(app.db, reading.id)).map(({ at, ...one }) => ({
      ...one,
      at: formatUtc(at),
    })),
    ...(to === 'admin' && { isAdmin: true, withheld: item.withheld, reason: item.withheld_reason }),
    ...itemView(reading, { whole, names: await topicNamesBySlug(app) }),
  })
}

/** A held item has no page until it is released; a withdrawn one says why, and what it said is gone. */
function showWithheld(c: WebContext, app: App, { withheld, withheld_reason: reason, withheld_at: at }: ItemState) {
  c.header('X-Robots-Tag', 'noindex')
  const title = withheld === 'held' ? 'This report is held' : 'This report was withdrawn'
  const text =
    withheld === 'held'
      ? 'We are checking this report. Until the check is done, no mail, page or feed of ours tells it.'
      : `We withdrew this report on ${longDate(dateAt(at ?? app.now()))}: ${reason}`
  return message(c, app, { title, text, way: { href: '/editions', label: 'See days and topics' } })
}
