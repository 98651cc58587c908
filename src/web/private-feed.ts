import { etag } from 'hono/etag'
import type { App } from '../app.ts'
import { storiesPassing } from '../editions/store/passing-stories.ts'
import { findPrivateFeed, type PrivateFeed } from '../readers/private-feed.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes } from './context.ts'
import { answerWithFeed, writers } from './feed-formats.ts'
import { message } from './page.ts'
import { type PublicFeed, storyFeed } from './public-feed.ts'

/** GET /f/:token: the newest stories that pass the filter of a subscription of one reader, as Atom. */
export function privateFeedRoutes(app: App): Routes {
  const web = routes()
  web.get('/f/:token', etag(), async (c) => {
    const token = c.req.param('token')
    const found = await findPrivateFeed(app, token)
    if (found.kind === 'invalid') return message(c, app, invalid, 404)
    if (found.kind === 'inactive') return message(c, app, inactive, 410)
    // A feed reader may keep what it has if it asks each time; proxies may not.
    c.header('Cache-Control', 'private, no-cache')
    return answerWithFeed(c, writers['atom.xml'], await privateFeed(app, token, found))
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

type OpenFeed = Extract<PrivateFeed, { kind: 'open' }>

async function privateFeed(app: App, token: string, { minScores, filters }: OpenFeed): Promise<PublicFeed> {
  const names = await topicNamesBySlug(app)
  const topics = [...minScores.keys()].map((slug) => names.get(slug) ?? slug)
  const head = {
    title: 'Your topics · Sitrep',
    description: `The stories of the last four weeks on: ${topics.join(', ')}.`,
    address: `${app.config.publicUrl}/f/${token}`,
    page: `${app.config.publicUrl}/editions`,
  }
  return storyFeed(app, head, minScores, names, (ids) => storiesPassing(app.db, ids, filters))
}
