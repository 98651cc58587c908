import type { App } from '../../../app.ts'
import { listDeliveryRows } from '../../../delivery/store/delivery-views.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { listSubscribers } from '../../../readers/store/subscriber-list.ts'
import { findSubscriber } from '../../../readers/store/subscribers.ts'
import { subscriptionsOf } from '../../../readers/store/subscriptions.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { namesBySlug } from '../../editions.ts'
import { page } from '../../page.ts'
import { paged, pageStart, pathId } from '../../query.ts'
import { subscriptionWords } from '../../subscription-words.ts'
import { deliveryView } from '../editions/delivery-view.ts'

const perPage = 50

/** GET /admin/readers finds readers; GET /admin/readers/:id shows what one has chosen and what they got. */
export function readerRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/readers', (c) => showReaders(c, app))
  web.get('/admin/readers/:id', (c) => showReader(c, app))
  return web
}

async function showReaders(c: WebContext, app: App): Promise<Response> {
  const sought = (c.req.query('q') ?? '').trim().slice(0, 254)
  const [found, names] = await Promise.all([
    listSubscribers(app.db, { after: pageStart(c), limit: perPage + 1, email: sought }),
    namesBySlug(app),
  ])
  const { rows, next } = paged(found, perPage)
  const readers = rows.map((row) => ({
    ...{ id: row.id, email: row.email, state: row.state, since: formatUtc(row.created_at) },
    subscriptions: row.subscriptions.filter((one) => one.state !== 'ended').map((one) => subscriptionWords(one, names)),
  }))
  return page(c, app, 'admin/readers', { title: 'Readers', section: 'readers', wide: true, readers, sought, next })
}

async function showReader(c: WebContext, app: App): Promise<Response> {
  const id = pathId(c, 'id')
  const reader = id === undefined ? undefined : await findSubscriber(app.db, id)
  if (!reader) return c.notFound() as Response
  const [held, names, found] = await Promise.all([
    subscriptionsOf(app.db, reader.id),
    namesBySlug(app),
    listDeliveryRows(app.db, { subscriber: reader.id, before: pageStart(c), limit: perPage + 1 }),
  ])
  const { rows, next } = paged(found, perPage)
  const dates = [
    ...(reader.confirmed_at ? [{ what: 'Confirmed', at: formatUtc(reader.confirmed_at) }] : []),
    ...(reader.gone_at ? [{ what: 'Left', at: formatUtc(reader.gone_at) }] : []),
  ]
  return page(c, app, 'admin/reader', {
    ...{ title: reader.email, section: 'readers', wide: true, next, dates },
    reader: {
      id: reader.id,
      email: reader.email,
      state: reader.state,
      since: formatUtc(reader.created_at),
    },
    subscriptions: held.map((one) => subscriptionWords(one, names)),
    deliveries: rows.map((row) => deliveryView(row, app.now())),
  })
}
