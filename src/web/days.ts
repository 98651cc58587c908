import type { App } from '../app.ts'
import { storiesOfSpan } from '../editions/public-stories.ts'
import type { PlannedStory } from '../editions/rules/briefing/story.ts'
import { dateAt, longDate, shortDate } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import { type Counts, claimsAround, countsOf, listStories, maxCounted, volumeOf } from '../stories/store/story-list.ts'
import { barChart, hourly } from './bar-chart.ts'
import { briefingStory } from './briefing-stories.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { type BriefingDay, briefingDay } from './day-of.ts'
import { metaOf } from './metadata.ts'
import { message, page } from './page.ts'
import { storyCard } from './story-cards.ts'

/** So many stories are told in full, and so many have a line. */
const maxFull = 6
const maxStories = 60

/** GET /days/:date: the briefing of one day (UTC) on all topics, the heaviest story first. */
export function dayRoutes(app: App): Routes {
  const web = routes()
  web.get('/days/:date', async (c) => {
    const day = briefingDay(c.req.param('date'))
    if (!day) return message(c, app, noDate, 400)
    return showDay(c, app, day)
  })
  return web
}

const toAllDays = { href: '/editions', label: 'See all days' }
const noDate = { title: 'This date is not valid', text: 'Give the day as in /days/2026-11-23.', way: toAllDays }
const empty = {
  title: 'No stories on this day',
  text: 'Sitrep read no news with a story on this day. Reports of this day that it read later are not on this page.',
  way: toAllDays,
}
const ahead = { title: 'No stories yet', text: 'This day has not begun. Days begin at midnight UTC.', way: toAllDays }

async function showDay(c: WebContext, app: App, day: BriefingDay): Promise<Response> {
  if (Temporal.Instant.compare(day.from, app.now()) > 0) return message(c, app, ahead, 404)
  const listed = await listStories(app.db, day, { order: 'widest', limit: maxStories + 1 })
  const ids = listed.slice(0, maxStories).map(({ id }) => id)
  const { stories, isWithdrawn } = await storiesOfSpan(app.db, ids, day)
  if (stories.length === 0) return message(c, app, empty, 404)
  const [names, counts, { volume, isCut }, { before, after }] = await Promise.all([
    topicNamesBySlug(app),
    countsOf(app.db, day),
    volumeOf(app.db, day, hourly.seconds),
    claimsAround(app.db, day),
  ])
  c.header('Cache-Control', 'public, max-age=300')
  return page(c, app, 'day', {
    ...headOf(app, day, stories, leadOf(counts)),
    ...partsOf(stories, names, lastSecond(day)),
    isWithdrawn,
    hasMore: listed.length > maxStories,
    chart: barChart(volume, day.from, lastSecond(day), hourly),
    counted: isCut ? maxCounted : null,
    earlier: before && dayLink(before),
    later: after && dayLink(after),
  })
}

const lastSecond = ({ to }: BriefingDay): Temporal.Instant => to.subtract({ seconds: 1 })

function headOf({ config, now }: App, { date, to }: BriefingDay, stories: PlannedStory[], counted: string) {
  const isOver = Temporal.Instant.compare(to, now()) <= 0
  const headlines = stories.slice(0, 3).map(({ headline }) => headline)
  return {
    title: longDate(date),
    section: 'editions',
    lead: `${counted}${isOver ? '' : ' so far'}. Times are UTC.`,
    meta: metaOf(config, `/days/${date}`, `The briefing of ${longDate(date)}: ${headlines.join(' · ')}`, {
      type: 'article',
    }),
  }
}

function leadOf({ stories, reports, feeds }: Counts): string {
  return `${plural(stories, 'story', 'stories')} from ${plural(reports, 'report')} of ${plural(feeds, 'feed')}`
}

/** The stories by how much of each is told. */
function partsOf(stories: PlannedStory[], names: Map<string, string>, end: Temporal.Instant) {
  const news = stories.filter(({ status }) => status !== 'continuing')
  const cards = (some: PlannedStory[]) => some.map((story) => storyCard(story, names))
  return {
    full: news.slice(0, maxFull).map((story) => briefingStory(story, names, end)),
    others: cards(news.slice(maxFull)),
    continuing: cards(stories.filter(({ status }) => status === 'continuing')),
  }
}

function dayLink(at: Temporal.Instant): { date: string; name: string } {
  const date = dateAt(at)
  return { date, name: shortDate(date) }
}
