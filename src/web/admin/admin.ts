import type { Hono } from 'hono'
import type { App } from '../../app.ts'
import { type Routes, routes } from '../context.ts'
import { adminItemRoutes } from '../items.ts'
import { editionListRoutes, editionRoutes } from './editions/edition.ts'
import { itemWhoRoutes } from './editions/item-who.ts'
import { resendRoutes } from './editions/resend.ts'
import { unknownRoutes } from './editions/unknown.ts'
import { feedRoutes } from './feeds/feed.ts'
import { feedActRoutes } from './feeds/feed-acts.ts'
import { feedMoveRoutes } from './feeds/feed-move.ts'
import { feedPreviewRoutes } from './feeds/feed-preview.ts'
import { feedsRoutes } from './feeds/feeds.ts'
import { opmlRoutes } from './feeds/feeds-opml.ts'
import { readerRoutes } from './readers/readers.ts'
import { suppressionRoutes } from './readers/suppressions.ts'
import { timelineRoutes } from './readers/timeline.ts'
import { auditRoutes } from './system/audit.ts'
import { overviewRoutes } from './system/overview.ts'
import { queueRoutes } from './system/queues.ts'
import { signedInOnly } from './system/session.ts'
import { signInRoutes } from './system/sign-in.ts'
import { adminTopicRoutes } from './topics/topic-list.ts'

/** Every page below /admin: signing in is open to all, the rest needs a session. */
export function adminRoutes(app: App, board?: (basePath: string) => Hono): Routes {
  const web = routes()
  web.route('/', signInRoutes(app))
  web.use('/admin/*', signedInOnly(app))
  const feeds = [feedsRoutes, feedPreviewRoutes, opmlRoutes, feedRoutes, feedActRoutes, feedMoveRoutes, adminItemRoutes]
  const editions = [itemWhoRoutes, editionListRoutes, editionRoutes, resendRoutes, unknownRoutes]
  const people = [readerRoutes, timelineRoutes, suppressionRoutes]
  for (const group of [overviewRoutes, ...feeds, ...people, adminTopicRoutes, ...editions, auditRoutes])
    web.route('/', group(app))
  if (board) web.route('/', queueRoutes(board))
  return web
}
