import type { App } from '../app.ts'
import { publicStories } from '../editions/public-stories.ts'
import { dateAt, longDate } from '../platform/text/format-instant.ts'
import { listStories, maxCounted, volumeOf } from '../stories/store/story-list.ts'
import { barChart, daily } from './bar-chart.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { writers } from './feed-formats.ts'
import { metaOf } from './metadata.ts'
import { message, page } from './page.ts'
import { pageNumber } from './request.ts'
import { type StoryCard, storyCard } from './story-cards.ts'
import { aboutTopic, lastWeeks, noTopic, type ShownTopic, topicOf } from './topic-of.ts'

const perPage = 30
const maxPages = 20

/** GET /topics/:slug: the stories of the last weeks, the newest first. */
export function topicRoutes(app: App): Routes {
  const web = routes()
  web.get('/topics/:slug', async (c) => {
    const number = pageNumber(c, maxPages)
    if (number === undefined) return message(c, app, noNumber, 400)
    const topic = await topicOf(c, app)
    return topic ? showTopic(c, app, topic, number) : message(c, app, noTopic, 404)
  })
  return web
}

const noNumber = {
  title: 'This page number is not valid',
  text: `Give a whole number from 1 to ${maxPages} as the page.`,
}

async function showTopic(c: WebContext, app: App, topic: ShownTopic, number: number): Promise<Response> {
  const span = { ...lastWeeks(app.now()), topics: new Map([[topic.slug, 0]]) }
  const [listed, { volume, isCut }] = await Promise.all([
    listStories(app.db, span, { order: 'newest', limit: perPage + 1, offset: (number - 1) * perPage }),
    volumeOf(app.db, span, daily.seconds),
  ])
  if (listed.length === 0 && number > 1) return message(c, app, noStories(topic), 404)
  const shown = listed.slice(0, perPage)
  const stories = await publicStories(
    app.db,
    shown.map(({ id }) => id),
  )
  const lastOf = new Map(shown.map(({ id, last }) => [id, last]))
  c.header('Cache-Control', 'public, max-age=300')
  return page(c, app, 'topic', {
    ...headOf(app, topic, number),
    days: byDay(stories.map((story) => ({ ...storyCard(story, topic.names), last: lastOf.get(story.id) ?? span.to }))),
    chart: barChart(volume, span.from, app.now(), daily),
    counted: isCut ? maxCounted : null,
    newer: number > 1 ? number - 1 : null,
    older: listed.length > perPage && number < maxPages ? number + 1 : null,
  })
}

function headOf({ config }: App, topic: ShownTopic, number: number) {
  const { slug, name, description, isRetired } = topic
  const feeds = Object.entries(writers).map(([file, { type }]) => ({
    type,
    title: name,
    href: `/topics/${slug}/${file}`,
  }))
  const isFirst = number === 1
  return {
    title: isFirst ? name : `${name}, page ${number}`,
    section: 'editions',
    meta: metaOf(config, `/topics/${slug}${isFirst ? '' : `?page=${number}`}`, aboutTopic(topic), { feeds }),
    name,
    isRetired,
    slug,
    description,
    number,
  }
}

const noStories = ({ slug }: ShownTopic) => ({
  title: 'This page has no stories',
  text: 'The topic has fewer pages of stories.',
  way: { href: `/topics/${slug}`, label: 'Go to the first page' },
})

type DayOfStories = { date: string; name: string; stories: StoryCard[] }

/** Stories under the day of their last report (UTC). */
function byDay(cards: (StoryCard & { last: Temporal.Instant })[]): DayOfStories[] {
  const days = Map.groupBy(cards, ({ last }) => dateAt(last))
  return [...days].map(([date, stories]) => ({ date, name: longDate(date), stories }))
}
