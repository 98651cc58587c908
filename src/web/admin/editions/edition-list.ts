import type { App } from '../../../app.ts'
import { deliveryStates } from '../../../delivery/rules/delivery-result.ts'
import { countStates, type StateCounts } from '../../../delivery/store/deliveries.ts'
import { listEditionRows } from '../../../editions/store/edition-views.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { kindName } from '../../edition-kind-name.ts'
import { page } from '../../page.ts'
import { paged, pageStart } from '../../query.ts'

const perPage = 50

/** GET /admin/editions: every edition, letters too, with its deliveries by state. */
export function editionsRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/editions', async (c) => {
    const found = await listEditionRows(app.db, { before: pageStart(c), limit: perPage + 1 })
    const { rows, next } = paged(found, perPage)
    const counts = await countStates(
      app.db,
      rows.map((row) => row.id),
    )
    const editions = rows.map((row) => ({
      ...{ slug: row.slug, subject: row.subject, kind: kindName(row.kind), at: formatUtc(row.closed_at) },
      ...stateSums(counts.get(row.id)!),
    }))
    return page(c, app, 'admin/editions', { title: 'Editions', section: 'editions', wide: true, editions, next })
  })
  return web
}

/** The deliveries by state in the order of a delivery's life, and their sum: the audience. */
export function stateSums(counts: StateCounts): { states: { state: string; n: number }[]; audience: number } {
  const states = deliveryStates.flatMap((state) => (counts[state] ? [{ state, n: counts[state] }] : []))
  return { states, audience: states.reduce((sum, { n }) => sum + n, 0) }
}
