import type { App } from '../../../app.ts'
import { countStates } from '../../../delivery/store/delivery-counts.ts'
import { listEditions } from '../../../editions/store/editions.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { kindNames } from '../../editions.ts'
import { page } from '../../page.ts'
import { paged, pageStart } from '../../request.ts'
import { statesView } from './delivery-view.ts'

const perPage = 50

/** GET /admin/editions: every edition, also personal mails, with its deliveries by state. */
export function editionListRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/editions', async (c) => {
    const found = await listEditions(app.db, { before: pageStart(c), limit: perPage + 1 })
    const { rows, next } = paged(found, perPage)
    const ids = rows.map(({ id }) => id)
    const counts = await countStates(app.db, ids)
    const editions = rows.map(({ id, slug, subject, kind, closed_at }) => ({
      slug,
      subject,
      kind: kindNames[kind],
      at: formatUtc(closed_at),
      ...statesView(counts.get(id) ?? {}),
    }))
    return page(c, app, 'admin/editions', { title: 'Editions', section: 'editions', wide: true, editions, next })
  })
  return web
}
