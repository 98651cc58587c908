import { type Overview, overview } from '../../../admin/overview.ts'
import type { App } from '../../../app.ts'
import { troubleIsShown } from '../../../delivery/rules/domain-trouble.ts'
import { troublesSince } from '../../../delivery/store/domain-troubles.ts'
import { refusedReports } from '../../../delivery/store/refused-reports.ts'
import { relayTrouble } from '../../../delivery/store/relay-trouble.ts'
import { warmUpState } from '../../../delivery/warm-up-share.ts'
import { feedHealth } from '../../../feeds/rules/health.ts'
import { listFeeds } from '../../../feeds/store/feed-views.ts'
import { networkDownSince } from '../../../feeds/store/network-trouble.ts'
import { lastAuditCheck } from '../../../platform/audit/check-audit.ts'
import { maxClockOffS } from '../../../platform/clock-guard.ts'
import { countAlive, wrongClocks } from '../../../platform/db/lease.ts'
import { dateAt, formatRelativeTime } from '../../../platform/text/format-instant.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { alarmsOf } from './alarms.ts'

const shownFeeds = 8

/** GET /admin: the alarms first, then the figures and the feeds. */
export function overviewRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin', async (c) => {
    const now = app.now()
    const [state, feeds, workers, clocks, check, relay, warmUp, networkDown, troubles, refused] = await Promise.all([
      overview(app.db, now),
      listFeeds(app.db, { troubledFirst: true }),
      countAlive(app.db),
      wrongClocks(app.db, maxClockOffS),
      lastAuditCheck(app.db),
      relayTrouble(app.db),
      warmUpState(app),
      networkDownSince(app.db, now),
      troublesSince(app.db, now.subtract(troubleIsShown)),
      refusedReports(app.db, dateAt(now.subtract({ hours: 24 }))),
    ])
    const facts = {
      wrongClocks: clocks,
      troubles,
      refusedReports: refused,
      auditBrokenAt: check?.brokenAt ?? null,
      networkDownSince: networkDown,
      warmUp: warmUp?.waits || warmUp?.needsPerson ? warmUp.say : undefined,
    }
    return page(c, app, 'admin/overview', {
      title: 'Overview',
      section: 'overview',
      wide: true,
      figures: figuresOf(state, workers),
      alarms: alarmsOf(state, { workers, now, relay, ...facts }),
      feeds: feeds.slice(0, shownFeeds).map((feed) => {
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
