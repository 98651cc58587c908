import { etag } from 'hono/etag'
import type { App } from '../app.ts'
import { publicStories } from '../editions/public-stories.ts'
import { listStories } from '../stories/store/story-list.ts'
import { type Routes, routes } from './context.ts'
import { message } from './page.ts'
import { feedEntries, type PublicFeed, updatedOf } from './public-feed.ts'
import { answerWithFeed, writers } from './public-feeds.ts'
import { aboutTopic, lastWeeks, noTopic, type ShownTopic, topicOf } from './topic-of.ts'

const maxEntries = 40

/** GET /topics/:slug/atom.xml and /topics/:slug/feed.json: the newest stories of a topic. */
export function topicFeedRoutes(app: App): Routes {
  const web = routes()
  for (const [file, writer] of Object.entries(writers)) {
    web.get(`/topics/:slug/${file}`, etag(), async (c) => {
      const topic = await topicOf(c, app)
      if (!topic) return message(c, app, noTopic, 404)
      c.header('Cache-Control', 'public, max-age=300')
      return answerWithFeed(c, writer, await topicFeed(app, topic, file))
    })
  }
  return web
}

async function topicFeed({ db, now, config }: App, topic: ShownTopic, file: string): Promise<PublicFeed> {
  const { slug, name, names } = topic
  const span = lastWeeks(now())
  const listed = await listStories(
    db,
    { ...span, topics: new Map([[slug, 0]]) },
    { order: 'newest', limit: maxEntries },
  )
  const stories = await publicStories(
    db,
    listed.map(({ id }) => id),
  )
  const entries = feedEntries(listed, stories, names, config.publicUrl)
  return {
    title: `${name} · Sitrep`,
    description: aboutTopic(topic),
    address: `${config.publicUrl}/topics/${slug}/${file}`,
    page: `${config.publicUrl}/topics/${slug}`,
    updated: updatedOf(entries, span.from),
    entries,
  }
}
