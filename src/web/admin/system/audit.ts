import type { App } from '../../../app.ts'
import { listAudit, verifyAudit } from '../../../platform/audit/audit.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { paged, pageStart } from '../../query.ts'

const perPage = 100

/** GET /admin/audit: who did what to what and why, and whether the chain of the log is whole. */
export function auditRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/audit', async (c) => {
    const [found, brokenAt] = await Promise.all([
      listAudit(app.db, { before: pageStart(c), limit: perPage + 1 }),
      verifyAudit(app.db, app.config.secretKeys),
    ])
    const { rows, next } = paged(found, perPage)
    const events = rows.map((row) => ({ ...row, at: formatUtc(row.at), detail: detailText(row.detail) }))
    return page(c, app, 'admin/audit', { title: 'Audit log', section: 'audit', wide: true, events, next, brokenAt })
  })
  return web
}

const detailText = (detail: unknown) => JSON.stringify(detail).replace(/^\{\}$/, '')
