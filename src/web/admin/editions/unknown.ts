import type { App } from '../../../app.ts'
import { type DeliveryRow, listDeliveries } from '../../../delivery/store/deliveries.ts'
import { unknownByEdition } from '../../../delivery/store/delivery-counts.ts'
import { publicKinds } from '../../../editions/rules/edition.ts'
import type { Edition } from '../../../editions/store/editions.ts'
import { type Routes, routes } from '../../context.ts'
import { kindNames } from '../../editions.ts'
import { page } from '../../page.ts'
import { deliveryView } from './delivery-view.ts'

const maxEditions = 20
const maxRows = 50

/** GET /admin/unknown: the deliveries with an unknown result, by edition, each with a form to decide about them. */
export function unknownRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/unknown', async (c) => {
    const now = app.now()
    const found = await unknownByEdition(app.db)
    const editions = await Promise.all(
      found.slice(0, maxEditions).map(async ({ id, unknown }) => {
        const rows = await listDeliveries(app.db, { edition: id, state: 'unknown', limit: maxRows })
        return rows[0] && unknownView(rows[0], unknown, rows, now)
      }),
    )
    return page(c, app, 'admin/unknown', {
      title: 'Unknown deliveries',
      section: 'unknown',
      wide: true,
      editions: editions.filter(Boolean),
      more: Math.max(0, found.length - maxEditions),
    })
  })
  return web
}

/** The form about the unknown deliveries of one edition: `count` of them, of which `rows` can be chosen one by one. */
export function unknownView(
  { slug, kind, subject }: Pick<Edition, 'slug' | 'kind' | 'subject'>,
  count: number,
  rows: DeliveryRow[],
  now: Temporal.Instant,
  { reason, problem }: { reason: string; problem: string | null } = { reason: '', problem: null },
) {
  return {
    slug,
    subject,
    kind: kindNames[kind],
    isPublic: publicKinds.includes(kind),
    count,
    reason,
    problem,
    rows: rows.map((row) => deliveryView(row, now)),
  }
}
