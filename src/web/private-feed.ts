import { etag } from 'hono/etag'
import type { App } from '../app.ts'
import { publicStories } from '../editions/public-stories.ts'
import { findPrivateFeed } from '../readers/private-feed.ts'
import { listStories } from '../stories/store/story-list.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes } from './context.ts'
import { message } from './page.ts'
import { feedEntries, type PublicFeed, updatedOf } from './public-feed.ts'
import { answerWithFeed, writers } from './public-feeds.ts'
import { lastWeeks } from './topic-of.ts'

const maxEntries = 40

/** GET /f/:token: the newest stories on the topics of one reader, as Atom. */
export function privateFeedRoutes(app: App): Routes {
  const web = routes()
  web.get('/f/:token', etag(), async (c) => {
    const token = c.req.param('token')
    const found = await findPrivateFeed(app, token)
    if (found.kind === 'invalid') return message(c, app, invalid, 404)
    if (found.kind === 'inactive') return message(c, app, inactive, 410)
    // A feed reader may keep what it has if it asks each time; proxies may not.
    c.header('Cache-Control', 'private, no-cache')
    return answerWithFeed(c, writers['atom.xml'], await privateFeed(app, token, found.minScores))
  })
  return web
}

const invalid = {
  title: 'This link does not work',
  text: 'A newer address may have replaced it. The address of your feed is on your preferences page, and we can mail you a link to it.',
  way: { href: '/preferences', label: 'Get a link' },
}
const inactive = {
  title: 'No subscription',
  text: 'This feed has ended, because its reader has no subscription any more.',
  way: { href: '/', label: 'Subscribe' },
}

async function privateFeed(app: App, token: string, minScores: Map<string, number>): Promise<PublicFeed> {
  const { db, config } = app
  const span = lastWeeks(app.now())
  const [listed, names] = await Promise.all([
    listStories(db, { ...span, topics: minScores }, { order: 'newest', limit: maxEntries }),
    topicNamesBySlug(app),
  ])
  const stories = await publicStories(
    db,
    listed.map(({ id }) => id),
  )
  const entries = feedEntries(listed, stories, names, config.publicUrl)
  return {
    title: 'Your topics · Sitrep',
    description: `The stories of the last four weeks on: ${[...minScores.keys()].map((slug) => names.get(slug) ?? slug).join(', ')}.`,
    address: `${config.publicUrl}/f/${token}`,
    page: `${config.publicUrl}/editions`,
    updated: updatedOf(entries, span.from),
    entries,
  }
}
