import type { App } from '../../app.ts'
import { listDeliveryEntries } from '../../store/delivery-views.ts'
import { type Routes, routes } from '../context.ts'
import { page } from '../page.ts'
import { paged, pageStart } from '../query.ts'
import { deliveryView } from './delivery-view.ts'

const perPage = 100

/** GET /admin/unknown: deliveries whose outcome nobody can know, held for a person to decide. */
export function unknownRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/unknown', async (c) => {
    const now = app.now()
    const found = await listDeliveryEntries(app.db, { state: 'unknown', before: pageStart(c), limit: perPage + 1 })
    const { rows, next } = paged(found, perPage)
    const deliveries = rows.map((row) => deliveryView(row, now))
    return page(c, app, 'admin/unknown', { title: 'Unknown', section: 'unknown', wide: true, deliveries, next })
  })
  return web
}
