import type { App } from '../app.ts'
import { type StoryRecord, storyRecord } from '../editions/story-record.ts'
import { oneLine } from '../platform/text/shorten.ts'
import { placesOf } from '../stories/store/stories.ts'
import { maxCounted, volumeOf } from '../stories/store/story-list.ts'
import { barChart, chartStart, stepFor } from './bar-chart.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { metaOf } from './metadata.ts'
import { message, page } from './page.ts'
import { pathId, queryId } from './request.ts'
import { leadOf, storyPage } from './story-page.ts'

/**
 * GET /stories/:id: one story. The address of a story that became a part of another one leads there, and so does one with
 * `?claim=`, as in mails, where that claim is told by another story now.
 */
export function storyRoutes(app: App): Routes {
  const web = routes()
  web.get('/stories/:id', async (c) => {
    const id = pathId(c, 'id')
    const claim = queryId(c, 'claim')
    const place = claim === undefined ? undefined : (await placesOf(app.db, [claim])).get(claim)
    if (place && place.story !== id) return c.redirect(`/stories/${place.story}`)
    const record = id === undefined ? undefined : await storyRecord(app.db, id)
    if (!record) return message(c, app, missing, 404)
    return record.story.id === id ? showStory(c, app, record) : c.redirect(`/stories/${record.story.id}`)
  })
  return web
}

const missing = {
  title: 'Story not found',
  text: 'No story has this address. The number of a story stands at the end of its address, as in /stories/12.',
  way: { href: '/editions', label: 'See the days and topics' },
}

async function showStory(c: WebContext, app: App, record: StoryRecord): Promise<Response> {
  const { story, first, last } = record
  const step = stepFor(first, last)
  const span = { from: first, to: last.add({ milliseconds: 1 }), story: story.id }
  const [names, { volume, isCut }] = await Promise.all([topicNamesBySlug(app), volumeOf(app.db, span, step.seconds)])
  const view = storyPage(record, names)
  c.header('Cache-Control', 'public, max-age=300')
  const description = `${leadOf(record)} ${oneLine(story.claims[0].text)}`
  return page(c, app, 'story', {
    title: view.headline,
    section: 'editions',
    meta: metaOf(app.config, `/stories/${story.id}`, description, { type: 'article' }),
    ...view,
    chart: barChart(volume, chartStart(first, last, step), last, step),
    counted: isCut ? maxCounted : null,
  })
}
