import type { Hono } from 'hono'
import type { App } from '../../app.ts'
import { type Routes, routes } from '../context.ts'
import { auditRoutes } from './audit.ts'
import { editionRoutes } from './edition.ts'
import { editionsRoutes } from './editions.ts'
import { feedRoutes } from './feed.ts'
import { feedActRoutes } from './feed-acts.ts'
import { feedLookRoutes } from './feed-look.ts'
import { feedsRoutes } from './feeds.ts'
import { opmlRoutes } from './feeds-opml.ts'
import { signedInOnly } from './guard.ts'
import { itemRoutes } from './item.ts'
import { overviewRoutes } from './overview.ts'
import { queueRoutes } from './queues.ts'
import { readerRoutes } from './readers.ts'
import { resendRoutes } from './resend.ts'
import { signInRoutes } from './sign-in.ts'
import { unknownRoutes } from './unknown.ts'

/** Everything below /admin: signing in is open to all, the rest needs a session. */
export function adminRoutes(app: App, board?: (basePath: string) => Hono): Routes {
  const web = routes()
  web.route('/', signInRoutes(app))
  web.use('/admin/*', signedInOnly(app))
  const feeds = [feedsRoutes, feedLookRoutes, opmlRoutes, feedRoutes, feedActRoutes]
  const mail = [editionsRoutes, editionRoutes, resendRoutes, unknownRoutes]
  for (const group of [overviewRoutes, ...feeds, readerRoutes, ...mail, itemRoutes, auditRoutes]) {
    web.route('/', group(app))
  }
  if (board) web.route('/', queueRoutes(board))
  return web
}
