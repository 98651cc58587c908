import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { App } from '../app.ts'
import { adminRoutes } from './admin/admin.ts'
import { isImport } from './admin/feeds/feeds-opml.ts'
import { assetRoutes } from './assets.ts'
import { confirmRoutes } from './confirm.ts'
import { type Routes, routes } from './context.ts'
import { editionRoutes } from './editions.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { hookRoutes, isHook } from './hooks.ts'
import { itemRoutes } from './items.ts'
import { mailboxRoutes } from './mailbox.ts'
import { serveMetrics } from './metrics.ts'
import { preferencesRoutes } from './preferences.ts'
import { preferencesLinkRoutes } from './preferences-link.ts'
import { answerProblems } from './problems.ts'
import { isPush, pushRoutes } from './push.ts'
import { sameOriginOnly } from './same-origin.ts'
import { sampleRoutes } from './samples.ts'
import { securityHeaders } from './security-headers.ts'
import { unsubscribeRoutes } from './unsubscribe.ts'

/** What the roof gives beside the app: the queue's dashboard, and whether this process is to run a worker. */
export type WebOptions = { board?: (basePath: string) => Hono; needsWorker?: boolean }

const maxBody = 64 * 1024

/** Every page, to be served by listen.ts or asked by tests: `web.request('/path')`. */
export function createWeb(app: App, options: WebOptions = {}): Routes {
  const web = routes()
  web.use(securityHeaders(app.config))
  serveMetrics(web, app)
  web.use(compress())
  web.use(sameOriginOnly(app.config))
  const limited = bodyLimit({ maxSize: maxBody, onError: (c) => c.text('This form is too large.', 413) })
  const ownLimits = [isPush, isHook, isImport]
  web.use((c, next) => (ownLimits.some((own) => own(c.req.path)) ? next() : limited(c, next)))
  web.route('/', healthRoutes(app, options))
  const groups = [assetRoutes, homeRoutes, confirmRoutes, preferencesRoutes, preferencesLinkRoutes, unsubscribeRoutes]
  const pages = [...groups, editionRoutes, itemRoutes, mailboxRoutes, sampleRoutes, pushRoutes, hookRoutes]
  for (const group of pages) web.route('/', group(app))
  web.route('/', adminRoutes(app, options.board))
  answerProblems(web, app)
  return web
}
