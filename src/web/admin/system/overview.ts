import { currentAlarms } from '../../../admin/alarms/current-alarms.ts'
import type { Overview } from '../../../admin/overview.ts'
import type { App } from '../../../app.ts'
import { feedHealth } from '../../../feeds/rules/health.ts'
import { feedPage } from '../../../feeds/store/feed-views.ts'
import { formatRelativeTime } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'

const shownFeeds = 8

/** GET /admin: the alarms first, then the figures and the feeds. */
export function overviewRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin', async (c) => {
    const now = app.now()
    const [{ state, workers, alarms }, feeds] = await Promise.all([
      currentAlarms(app),
      feedPage(app.db, { limit: shownFeeds }),
    ])
    return page(c, app, 'admin/overview', {
      title: 'Overview',
      section: 'overview',
      wide: true,
      figures: figuresOf(state, workers),
      alarms,
      feeds: feeds.map((feed) => {
        return { id: feed.id, title: feed.title || feed.url, ...feedHealth(feed, now) }
      }),
      waiting: state.oldestDue && formatRelativeTime(state.oldestDue, now),
    })
  })
  return web
}

function figuresOf({ deliveries, readers }: Overview, workers: number) {
  const { due = 0, claimed = 0, submitted = 0, deferred = 0 } = deliveries
  const { accepted = 0, unknown = 0, failed = 0, skipped = 0 } = deliveries
  const { active, pending } = readers
  return [
    deliveriesIn('due or being sent', due + claimed + submitted),
    deliveriesIn('deferred', deferred),
    deliveriesIn('accepted', accepted),
    { ...deliveriesIn('unknown', unknown), wrong: unknown > 0 },
    { ...deliveriesIn('failed', failed), wrong: failed > 0 },
    deliveriesIn('skipped', skipped),
    { n: active, label: active === 1 ? 'active reader' : 'active readers' },
    { n: pending, label: pending === 1 ? 'pending reader' : 'pending readers' },
    { n: workers, label: workers === 1 ? 'worker running' : 'workers running', wrong: workers === 0 },
  ]
}

const deliveriesIn = (state: string, n: number) => ({ n, label: `${n === 1 ? 'delivery' : 'deliveries'} ${state}` })
