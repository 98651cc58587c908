import type { App } from '../app.ts'
import { forWeb, type WithheldReport, withChangesNoted } from '../editions/mail/web-copy.ts'
import { publicStories } from '../editions/public-stories.ts'
import { publicKinds } from '../editions/rules/edition.ts'
import { type Edition, findEdition } from '../editions/store/editions.ts'
import { correctedSince } from '../editions/store/item-corrections.ts'
import { changedSince } from '../editions/store/mailed-takeaways.ts'
import { withheldIn } from '../editions/store/withheld-items.ts'
import type { EditionKind } from '../platform/db/tables/editions.ts'
import { dateAt, longDate } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import { topicNames } from '../reading/store/topics.ts'
import { storyDays } from '../stories/store/story-days.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { dateSchema } from './day-of.ts'
import { metaOf, type PageMeta, withMeta } from './metadata.ts'
import { message, page } from './page.ts'
import { allowMailStyles } from './security.ts'
import { shownHeadline } from './story-cards.ts'

const daysPerPage = 14

/**
 * GET /editions lists the days and the topics; GET /editions/:slug shows a mail as it was sent, with a note of later changes.
 * Mails are for those who have their address: readers choose topics, and a list would tell what they chose.
 */
export function editionRoutes(app: App): Routes {
  const web = routes()
  web.get('/editions', async (c) => {
    const before = dateSchema.optional().safeParse(c.req.query('before'))
    return before.success ? showLists(c, app, before.data) : message(c, app, noDate, 400)
  })
  web.get('/editions/:slug', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    if (!edition || edition.slug !== c.req.param('slug') || !publicKinds.includes(edition.kind)) return c.notFound()
    allowMailStyles(c, "'none'")
    c.header('Cache-Control', 'public, max-age=300')
    c.header('X-Robots-Tag', 'noindex')
    const [changes, withheld, corrected] = await Promise.all([
      changedSince(app.db, edition.takeaways),
      withheldReports(app, edition.id),
      correctedSince(app.db, edition.id),
    ])
    return c.html(
      withMeta(
        withChangesNoted(forWeb(edition.html, app.config.publicUrl), { changes, withheld, corrected }),
        ...metaOfMail(app, edition),
      ),
    )
  })
  for (const path of ['/days', '/stories', '/topics']) web.get(path, (c) => c.redirect('/editions'))
  return web
}

async function withheldReports(app: App, edition: number): Promise<WithheldReport[]> {
  const items = await withheldIn(app.db, [edition])
  return items.flatMap(({ title, withheld, withheld_reason, withheld_at }) =>
    withheld ? [{ title, withheld, reason: withheld_reason ?? '', at: withheld_at ?? app.now() }] : [],
  )
}

function metaOfMail({ config }: App, { slug, subject, kind, closed_at }: Edition): [string, PageMeta] {
  const about = `${kindNames[kind]} of ${longDate(dateAt(closed_at))}: ${subject}`
  return [subject, metaOf(config, `/editions/${slug}`, about, { type: 'article' })]
}

const noDate = {
  title: 'This date is not valid',
  text: 'Give the day before which the list begins as in ?before=2026-11-23.',
  way: { href: '/editions', label: 'See the newest days' },
}
const about = 'The briefing of each day and the stories of each topic, with their sources, for everybody to read.'

async function showLists(c: WebContext, app: App, before: string | undefined): Promise<Response> {
  const [topics, found] = await Promise.all([topicNames(app.db), storyDays(app.db, daysPerPage + 1, before)])
  const shown = found.slice(0, daysPerPage)
  const leads = await publicStories(
    app.db,
    shown.map(({ lead }) => lead),
  )
  const headlines = new Map(leads.map((story) => [story.id, shownHeadline(story)]))
  c.header('Cache-Control', 'public, max-age=300')
  return page(c, app, 'editions', {
    title: 'Days and topics',
    section: 'editions',
    meta: metaOf(app.config, `/editions${before ? `?before=${before}` : ''}`, about),
    topics: before ? [] : topics,
    days: shown.map(({ date, stories, isCut, lead }) => ({
      date,
      name: longDate(date),
      stories: `${isCut ? 'at least ' : ''}${plural(stories, 'story', 'stories')}`,
      headline: headlines.get(lead) ?? null,
    })),
    isFirst: before === undefined,
    older: found.length > daysPerPage ? shown.at(-1)?.date : null,
  })
}

/** What people call each kind of edition. */
export const kindNames: Record<EditionKind, string> = {
  confirmation: 'Confirmation',
  link: 'Preferences link',
  change: 'Mail about a change',
  welcome: 'Welcome digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
  alert: 'Alert',
  correction: 'Correction',
}
