import type { App } from '../../../app.ts'
import { listDeliveries } from '../../../delivery/store/deliveries.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { mutesOf } from '../../../readers/store/mutes.ts'
import { findSubscriber, listSubscribers, shownEmail } from '../../../readers/store/subscribers.ts'
import { subscriptionsOf } from '../../../readers/store/subscriptions.ts'
import { findSuppression, suppressedAmong } from '../../../readers/store/suppressions.ts'
import { subscriptionView, topicNamesBySlug } from '../../choices.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { page } from '../../page.ts'
import { paged, pageStart, pathId } from '../../request.ts'
import { deliveryView } from '../editions/delivery-view.ts'
import { suppressionView } from './suppressions.ts'

const perPage = 50

/** GET /admin/readers finds readers; GET /admin/readers/:id shows the subscriptions and mails of one. */
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
    topicNamesBySlug(app),
  ])
  const { rows, next } = paged(found, perPage)
  const suppressed = await suppressedAmong(
    app.db,
    rows.map(({ id }) => id),
  )
  const readers = rows.map(({ id, state, created_at, subscriptions, ...reader }) => ({
    id,
    email: shownEmail(reader),
    state,
    suppressed: suppressed.has(id),
    since: formatUtc(created_at),
    subscriptions: subscriptions.filter((one) => one.state !== 'ended').map((one) => subscriptionView(one, names)),
  }))
  return page(c, app, 'admin/readers', { title: 'Readers', section: 'readers', wide: true, readers, sought, next })
}

async function showReader(c: WebContext, app: App): Promise<Response> {
  const id = pathId(c, 'id')
  const reader = id === undefined ? undefined : await findSubscriber(app.db, id)
  if (!reader) return c.notFound()
  const [subscriptions, names, mutes, found, suppression] = await Promise.all([
    subscriptionsOf(app.db, reader.id),
    topicNamesBySlug(app),
    mutesOf(app.db, reader.id),
    listDeliveries(app.db, { subscriber: reader.id, before: pageStart(c), limit: perPage + 1 }),
    findSuppression(app.db, reader.email),
  ])
  const { rows, next } = paged(found, perPage)
  const { email, state, created_at, confirmed_at, gone_at, paused_until: paused } = reader
  const isPaused = paused !== null && Temporal.Instant.compare(paused, app.now()) > 0
  return page(c, app, 'admin/reader', {
    title: shownEmail(reader),
    section: 'readers',
    wide: true,
    id: reader.id,
    state,
    dates: [
      { name: 'First seen', at: formatUtc(created_at) },
      ...(confirmed_at ? [{ name: 'Confirmed', at: formatUtc(confirmed_at) }] : []),
      ...(gone_at ? [{ name: 'Left', at: formatUtc(gone_at) }] : []),
      ...(isPaused ? [{ name: 'All mail is paused until', at: formatUtc(paused) }] : []),
    ],
    subscriptions: subscriptions.map((one) => subscriptionView(one, names)),
    suppression: suppression && suppressionView(suppression),
    lift: { email, reason: '', problem: null },
    muted: mutes.map(({ headline, at }) => ({ headline, at: formatUtc(at) })),
    deliveries: rows.map((row) => deliveryView(row, app.now())),
    next,
  })
}
