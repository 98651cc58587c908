import { etag } from 'hono/etag'
import type { App } from '../app.ts'
import { type Routes, routes } from './context.ts'
import { answerWithFeed, writers } from './feed-formats.ts'
import { message } from './page.ts'
import { type PublicFeed, storyFeed } from './public-feed.ts'
import { aboutTopic, noTopic, type ShownTopic, topicOf } from './topic-of.ts'

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

function topicFeed(app: App, topic: ShownTopic, file: string): Promise<PublicFeed> {
  const page = `${app.config.publicUrl}/topics/${topic.slug}`
  const head = { title: `${topic.name} · Sitrep`, description: aboutTopic(topic), address: `${page}/${file}`, page }
  return storyFeed(app, head, new Map([[topic.slug, 0]]), topic.names)
}
