import type { App } from '../../app.ts'
import { listFeedRows, overview } from '../../store/admin-views.ts'
import { verifyAudit } from '../../store/audit.ts'
import { countAlive } from '../../store/lease.ts'
import { type Routes, routes } from '../context.ts'
import { distanceText } from '../instant-text.ts'
import { page } from '../page.ts'
import { alarmsOf } from './alarms.ts'
import { feedHealth } from './feed-health.ts'

/** GET /admin: what needs a person first, then the figures and the last polls. */
export function overviewRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin', async (c) => {
    const now = app.now()
    const [state, feeds, workers, auditBrokenAt] = await Promise.all([
      overview(app.db, now),
      listFeedRows(app.db),
      countAlive(app.db),
      verifyAudit(app.db, app.config.secretKeys),
    ])
    const { deliveries } = state
    const figures = [
      {
        n: (deliveries.due ?? 0) + (deliveries.claimed ?? 0) + (deliveries.submitted ?? 0),
        label: 'due or on their way',
      },
      { n: deliveries.deferred ?? 0, label: 'waiting for another try' },
      { n: deliveries.accepted ?? 0, label: 'accepted' },
      { n: deliveries.unknown ?? 0, label: 'unknown', wrong: (deliveries.unknown ?? 0) > 0 },
      { n: deliveries.failed ?? 0, label: 'failed', wrong: (deliveries.failed ?? 0) > 0 },
      { n: deliveries.skipped ?? 0, label: 'skipped' },
      { n: state.readers.active, label: 'readers' },
      { n: state.readers.pending, label: 'not yet confirmed' },
      { n: workers, label: workers === 1 ? 'worker alive' : 'workers alive', wrong: workers === 0 },
    ]
    const polls = feeds.slice(0, 8).map((feed) => ({ title: feed.title || feed.url, ...feedHealth(feed, now) }))
    const waiting = state.oldestDue ? distanceText(state.oldestDue, now) : undefined
    const alarms = alarmsOf(state, { workers, now, auditBrokenAt })
    return page(c, app, 'admin/overview', {
      title: 'Overview',
      section: 'overview',
      wide: true,
      figures,
      alarms,
      polls,
      waiting,
    })
  })
  return web
}
