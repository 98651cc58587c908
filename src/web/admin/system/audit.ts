import type { App } from '../../../app.ts'
import { listAudit, verifyAudit } from '../../../platform/audit/audit.ts'
import type { StoredAuditEvent } from '../../../platform/audit/chain.ts'
import { lastAuditCheck } from '../../../platform/audit/check-audit.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { paged, pageStart } from '../../request.ts'

const perPage = 100

/** GET /admin/audit lists who did what and why; GET /admin/audit/verify reads the whole chain, which takes a while. */
export function auditRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/audit', async (c) => {
    const [found, check] = await Promise.all([
      listAudit(app.db, { before: pageStart(c), limit: perPage + 1 }),
      lastAuditCheck(app.db),
    ])
    const { rows, next } = paged(found, perPage)
    const checked = check && { at: formatUtc(Temporal.Instant.from(check.at)), brokenAt: check.brokenAt }
    const view = { title: 'Audit log', section: 'audit', wide: true, events: rows.map(eventView), next, checked }
    return page(c, app, 'admin/audit', view)
  })
  web.get('/admin/audit/verify', async (c) => {
    const brokenAt = await verifyAudit(app.db, app.config.auditKeys)
    return page(c, app, 'admin/audit-verify', {
      title: 'Check of the audit log',
      section: 'audit',
      wide: true,
      brokenAt,
    })
  })
  return web
}

function eventView({ id, at, actor, action, subject, reason, detail }: StoredAuditEvent) {
  const text = JSON.stringify(detail)
  return { id, at: formatUtc(at), actor, action, subject, reason, detail: text === '{}' ? '' : text }
}
