import type { App } from '../../../app.ts'
import { formatIn } from '../../../platform/text/format-instant.ts'
import { explainDate, zoneOfReader } from '../../../readers/reader-record.ts'
import { placeSchema, placeText } from '../../../readers/rules/timeline-place.ts'
import { timelineWords } from '../../../readers/rules/timeline-words.ts'
import { findSubscriber, type Subscriber, shownEmail } from '../../../readers/store/subscribers.ts'
import { subscriptionsOf } from '../../../readers/store/subscriptions.ts'
import { type TimelineEvent, timelineOf } from '../../../readers/store/timeline.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { dateSchema } from '../../day-of.ts'
import { page } from '../../page.ts'
import { pathId } from '../../request.ts'

const perPage = 50

/** GET /admin/readers/:id/timeline: what happened to a reader, newest first; with ?date= one date and its reasons. */
export function timelineRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/readers/:id/timeline', async (c) => {
    const id = pathId(c, 'id')
    const reader = id === undefined ? undefined : await findSubscriber(app.db, id)
    return reader ? show(c, app, reader) : c.notFound()
  })
  return web
}

/** What the page shows of events: all of them by pages, or those of one date with its reasons. */
type Shown = { events: TimelineEvent[]; reasons: string[]; next: string | null }

async function show(c: WebContext, app: App, reader: Subscriber): Promise<Response> {
  const asked = c.req.query('date') ?? ''
  const date = dateSchema.safeParse(asked)
  const zone = zoneOfReader(await subscriptionsOf(app.db, reader.id))
  const { events, reasons, next } = date.success ? await ofDate(app, reader, date.data) : await ofPage(c, app, reader)
  return page(c, app, 'admin/timeline', {
    title: shownEmail(reader),
    section: 'readers',
    wide: true,
    id: reader.id,
    date: date.success ? asked : '',
    problem: asked !== '' && !date.success ? 'Give the date as YYYY-MM-DD, such as 2026-11-24.' : null,
    reasons,
    zone,
    events: events.map(({ at, facts }) => ({ at: formatIn(zone, at), words: timelineWords(facts, zone) })),
    next,
  })
}

async function ofDate(app: App, reader: Subscriber, date: string): Promise<Shown> {
  return { ...(await explainDate(app, reader, Temporal.PlainDate.from(date))), next: null }
}

async function ofPage(c: WebContext, { db }: App, { id }: Subscriber): Promise<Shown> {
  const before = placeSchema.safeParse(c.req.query('before')).data
  const found = await timelineOf(db, id, { before, limit: perPage + 1 })
  const events = found.slice(0, perPage)
  const last = events.at(-1)
  return { events, reasons: [], next: last && found.length > perPage ? placeText(last) : null }
}
