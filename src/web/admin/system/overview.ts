import { type Overview, overview } from '../../../admin/overview.ts'
import type { App } from '../../../app.ts'
import { relayTrouble } from '../../../delivery/store/relay-trouble.ts'
import { warmUpState } from '../../../delivery/warm-up-state.ts'
import { feedHealth } from '../../../feeds/rules/health.ts'
import { listFeeds } from '../../../feeds/store/feed-views.ts'
import { verifyAudit } from '../../../platform/audit/audit.ts'
import { countAlive } from '../../../platform/db/lease.ts'
import { formatRelativeTime } from '../../../platform/text/format-relative-time.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { alarmsOf } from './alarms.ts'

const shownFeeds = 8

/** GET /admin: what needs a person first, then the figures and the last polls. */
export function overviewRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin', async (c) => {
    const now = app.now()
    const [state, feeds, workers, auditBrokenAt, relay, warmUp] = await Promise.all([
      overview(app.db, now),
      listFeeds(app.db, { troubledFirst: true }),
      countAlive(app.db),
      verifyAudit(app.db, app.config.secretKeys),
      relayTrouble(app.db),
      warmUpState(app),
    ])
    return page(c, app, 'admin/overview', {
      ...{ title: 'Overview', section: 'overview', wide: true },
      figures: figuresOf(state, workers),
      alarms: alarmsOf(state, {
        ...{ workers, now, auditBrokenAt, relay },
        warmUp: warmUp?.waits || warmUp?.needsPerson ? warmUp.say : undefined,
      }),
      polls: feeds
        .slice(0, shownFeeds)
        .map((feed) => ({ id: feed.id, title: feed.title || feed.url, ...feedHealth(feed, now) })),
      waiting: state.oldestDue && formatRelativeTime(state.oldestDue, now),
    })
  })
  return web
}

function figuresOf({ deliveries, readers }: Overview, workers: number) {
  const {
    due = 0,
    claimed = 0,
    submitted = 0,
    deferred = 0,
    accepted = 0,
    unknown = 0,
    failed = 0,
    skipped = 0,
  } = deliveries
  return [
    { n: due + claimed + submitted, label: 'due or on their way' },
    { n: deferred, label: 'waiting for another try' },
    { n: accepted, label: 'accepted' },
    { n: unknown, label: 'unknown', wrong: unknown > 0 },
    { n: failed, label: 'failed', wrong: failed > 0 },
    { n: skipped, label: 'skipped' },
    { n: readers.active, label: 'readers' },
    { n: readers.pending, label: 'not yet confirmed' },
    { n: workers, label: workers === 1 ? 'worker alive' : 'workers alive', wrong: workers === 0 },
  ]
}
