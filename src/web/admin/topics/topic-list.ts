import type { App } from '../../../app.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { readersByTopic } from '../../../readers/store/topic-followers.ts'
import { originOf, type TopicState, topicStates } from '../../../reading/store/topic-versions.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'

/** GET /admin/topics lists the topics: whose rule each has, its version, how many readers follow it, and which are retired. */
export function adminTopicRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/topics', async (c) => {
    const [states, readers] = await Promise.all([topicStates(app.db), readersByTopic(app.db)])
    const topics = states.map((state) => topicView(state, readers.get(state.slug) ?? 0, states))
    const [inForce, retired] = [topics.filter((one) => !one.retired), topics.filter((one) => one.retired)]
    return page(c, app, 'admin/topics', { title: 'Topics', section: 'topics', wide: true, inForce, retired })
  })
  return web
}

function topicView(state: TopicState, readers: number, all: TopicState[]) {
  const { slug, name, description, version, published_at, retired_at, moved_to } = state
  return {
    ...{ slug, name, description, version, readers },
    origin: originOf(state),
    published: formatUtc(published_at),
    retired: retired_at && formatUtc(retired_at),
    movedTo: all.find((one) => one.slug === moved_to)?.name ?? null,
  }
}
