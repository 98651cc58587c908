import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { App } from '../app.ts'
import { cannotListen } from '../platform/cannot-listen.ts'
import { shutdownLimits } from '../platform/shutdown-limits.ts'
import { adminRoutes } from './admin/admin.ts'
import { isImport } from './admin/feeds/feeds-opml.ts'
import { assetRoutes } from './assets.ts'
import { hookRoutes, isCallback, pushRoutes } from './callbacks.ts'
import { changeAddressRoutes } from './change-address.ts'
import { confirmRoutes } from './confirm.ts'
import { type Routes, routes } from './context.ts'
import { crawlerRoutes } from './crawlers.ts'
import { dayRoutes } from './days.ts'
import { editionRoutes } from './editions.ts'
import { createForecast } from './expected-mail.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { itemRoutes } from './items.ts'
import { labelRoutes } from './labels.ts'
import { mailboxRoutes } from './mailbox.ts'
import { serveMetrics } from './metrics.ts'
import { muteRoutes } from './mute.ts'
import { noNul } from './no-nul.ts'
import { ownDataRoutes } from './own-data.ts'
import { ownSubscriptionRoutes } from './own-subscriptions.ts'
import { answerProblems } from './page.ts'
import { preferencesRoutes } from './preferences.ts'
import { privacyRoutes } from './privacy.ts'
import { privateFeedRoutes } from './private-feed.ts'
import { sampleRoutes } from './samples.ts'
import { sameOriginOnly, secretAddress, securityHeaders, tokenPrefixes } from './security.ts'
import { storyRoutes } from './stories.ts'
import { topicFeedRoutes } from './topic-feeds.ts'
import { topicRoutes } from './topics.ts'
import { unsubscribeRoutes } from './unsubscribe.ts'

/** What the caller gives beside the app: the queue board, and whether this process is to run a worker. */
export type WebOptions = { board?: (basePath: string) => Hono; needsWorker?: boolean }

const maxFormBytes = 64 * 1024
const formTooLarge = 'This form is too large. Go back to the page and enter less text.'

/** Every page, for `listen`, or for tests to ask: `web.request('/path')`. */
export function createWeb(app: App, options: WebOptions = {}): Routes {
  const web = routes()
  web.use(securityHeaders(app.config))
  web.use(noNul(app))
  serveMetrics(web, app)
  web.use(compress())
  web.use(sameOriginOnly(app.config))
  for (const prefix of tokenPrefixes) web.use(`${prefix}*`, secretAddress)
  const limitForm = bodyLimit({ maxSize: maxFormBytes, onError: (c) => c.text(formTooLarge, 413) })
  const hasOwnLimit = (path: string) => isCallback(path) || isImport(path)
  web.use((c, next) => (hasOwnLimit(c.req.path) ? next() : limitForm(c, next)))
  web.route('/', healthRoutes(app, options))
  const forecast = createForecast(app)
  web.route('/', homeRoutes(app, forecast))
  web.route('/', preferencesRoutes(app, forecast))
  web.route('/', ownSubscriptionRoutes(app, forecast))
  const forReaders = [
    confirmRoutes,
    changeAddressRoutes,
    unsubscribeRoutes,
    muteRoutes,
    labelRoutes,
    editionRoutes,
    itemRoutes,
    privateFeedRoutes,
    ownDataRoutes,
  ]
  const archive = [dayRoutes, storyRoutes, topicRoutes, topicFeedRoutes, crawlerRoutes, privacyRoutes]
  const others = [assetRoutes, mailboxRoutes, sampleRoutes, pushRoutes, hookRoutes]
  for (const group of [...forReaders, ...archive, ...others]) web.route('/', group(app))
  web.route('/', adminRoutes(app, options.board))
  answerProblems(web, app)
  return web
}

/**
 * Serves the pages at the configured host and port (0: any free one). `close` waits for open requests, at most a sixth of SHUTDOWN_SECONDS.
 * @throws Error in one sentence when the port is in use or not allowed
 */
export async function listen(app: App, web: Routes): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port, shutdownSeconds } = app.config
  const { requestsMs } = shutdownLimits(shutdownSeconds)
  const ready = Promise.withResolvers<number>()
  const server = serve({ fetch: web.fetch, hostname: host, port }, (address) => ready.resolve(address.port)) as Server
  server.once('error', (error) => ready.reject(cannotListen('The web server', error, { host, port, setting: 'PORT' })))
  return { port: await ready.promise, close: () => drain(server, requestsMs) }
}

async function drain(server: Server, requestsMs: number): Promise<void> {
  const closed = Promise.withResolvers<void>()
  server.close(() => closed.resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), requestsMs)
  await closed.promise.finally(() => clearTimeout(timer))
}
