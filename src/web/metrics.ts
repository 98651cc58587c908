import { routePath } from 'hono/route'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../app.ts'
import { deliveryStates } from '../delivery/rules/delivery-result.ts'
import { countDeliveries, findOldestDue } from '../delivery/store/delivery-counts.ts'
import { refusedKinds, refusedReports } from '../delivery/store/refused-reports.ts'
import { countFeeds } from '../feeds/store/feed-views.ts'
import { maxClockOffS } from '../platform/clock-guard.ts'
import { countAlive, wrongClocks } from '../platform/db/lease.ts'
import { kept } from '../platform/kept.ts'
import { sameMac } from '../platform/mac.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { countSuppressions } from '../readers/store/suppressions.ts'
import { isLocal } from './client-address.ts'
import type { Routes, WebContext } from './context.ts'

/**
 * Measures every request and serves GET /metrics for Prometheus: counts and times, no personal data. It is open to those who
 * send METRICS_TOKEN; outside of production also to this machine. For everybody else there is no such page.
 */
export function serveMetrics(web: Routes, app: App): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'sitrep_' })
  const durations = requestDurations(registry)
  measureLedger(registry, app)
  measureFeeds(registry, app)
  measureBounces(registry, app)
  web.use(async (c, next) => {
    const stop = durations.startTimer()
    await next()
    stop({ method: c.req.method, route: routePath(c, -1), status: c.res.status })
  })
  web.get('/metrics', async (c) => {
    if (!mayRead(c, app)) return c.notFound()
    c.header('Cache-Control', 'no-store')
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
}

function mayRead(c: WebContext, { config }: App): boolean {
  const { metricsToken, production } = config
  const sent = /^bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (metricsToken && sent) return sameMac(sent, metricsToken)
  return !production && isLocal(c, config)
}

function requestDurations(registry: Registry) {
  return new Histogram({
    name: 'sitrep_http_request_duration_seconds',
    help: 'Duration of requests in seconds, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
}

function measureLedger(registry: Registry, app: App): void {
  const deliveries = kept(() => countDeliveries(app.db))
  new Gauge({
    name: 'sitrep_deliveries',
    help: 'Deliveries in the ledger, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await deliveries()
      for (const state of deliveryStates) this.set({ state }, counts[state] ?? 0)
    },
  })
  new Gauge({
    name: 'sitrep_delivery_lag_seconds',
    help: 'Seconds that the oldest due delivery has waited.',
    registers: [registry],
    async collect() {
      const now = app.now()
      const oldest = await findOldestDue(app.db, now)
      this.set(oldest ? now.since(oldest).total('seconds') : 0)
    },
  })
}

function measureBounces(registry: Registry, app: App): void {
  const suppressions = kept(() => countSuppressions(app.db))
  new Gauge({
    name: 'sitrep_refused_reports_total',
    help: 'Mails to the bounce listener that it did not take, by kind.',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const counts = await refusedReports(app.db, dateAt(Temporal.Instant.fromEpochMilliseconds(0)))
      for (const kind of refusedKinds) this.set({ kind }, counts[kind] ?? 0)
    },
  })
  new Gauge({
    name: 'sitrep_suppressions',
    help: 'Suppressed addresses, by reason.',
    labelNames: ['reason'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { reason, n } of await suppressions()) this.set({ reason }, n)
    },
  })
}

function measureFeeds(registry: Registry, app: App): void {
  new Gauge({
    name: 'sitrep_feeds',
    help: 'Feeds by state. Failing feeds also count as active.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await countFeeds(app.db))) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'sitrep_workers_alive',
    help: 'Workers with a recent heartbeat.',
    registers: [registry],
    async collect() {
      this.set(await countAlive(app.db))
    },
  })
  new Gauge({
    name: 'sitrep_workers_with_wrong_clock',
    help: 'Workers that do nothing, because their clocks are more than 60 s from the clock of the database.',
    registers: [registry],
    async collect() {
      this.set((await wrongClocks(app.db, maxClockOffS)).length)
    },
  })
}
