import type { App } from '../../../app.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { countFollowers } from '../../../readers/store/topic-followers.ts'
import { type TopicState, topicStates } from '../../../reading/store/topic-versions.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'

/** GET /admin/topics lists the topics: whose rule each has, its version, how many readers follow it, and which are retired. */
export function adminTopicRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/topics', async (c) => {
    const states = await topicStates(app.db)
    const topics = await Promise.all(states.map((state) => topicView(app, state, states)))
    const [inForce, retired] = [topics.filter((one) => !one.retired), topics.filter((one) => one.retired)]
    return page(c, app, 'admin/topics', { title: 'Topics', section: 'topics', wide: true, inForce, retired })
  })
  return web
}

async function topicView({ db }: App, state: TopicState, all: TopicState[]) {
  const { slug, name, description, version, builtin_version, published_at, retired_at, moved_to } = state
  const { readers } = await countFollowers(db, slug)
  return {
    ...{ slug, name, description, version, readers },
    origin: builtin_version === null ? 'own' : 'built-in',
    published: formatUtc(published_at),
    retired: retired_at && formatUtc(retired_at),
    movedTo: all.find((one) => one.slug === moved_to)?.name ?? null,
  }
}
