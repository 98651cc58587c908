import type { App } from '../../../app.ts'
import { listDeliveryRows, unknownByEdition } from '../../../delivery/store/delivery-views.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { unknownView } from './unknown-view.ts'

const mostEditions = 20
const mostRows = 50

/** GET /admin/unknown: deliveries whose outcome nobody can know, held for a person to decide, for one or all of an edition. */
export function unknownRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/unknown', async (c) => {
    const now = app.now()
    const found = await unknownByEdition(app.db)
    const editions = await Promise.all(
      found.slice(0, mostEditions).map(async ({ id, unknown }) => {
        const rows = await listDeliveryRows(app.db, { edition: id, state: 'unknown', limit: mostRows })
        return rows[0] && unknownView(rows[0], unknown, rows, now)
      }),
    )
    const view = { editions: editions.filter(Boolean), more: Math.max(0, found.length - mostEditions) }
    return page(c, app, 'admin/unknown', { title: 'Unknown deliveries', section: 'unknown', wide: true, ...view })
  })
  return web
}
