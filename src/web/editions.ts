import type { App } from '../app.ts'
import { forWeb, withChangesNoted } from '../editions/mail/web-copy.ts'
import { publicKinds } from '../editions/rules/edition.ts'
import { type EditionRow, findEdition, listEditions } from '../editions/store/editions.ts'
import { changedSince } from '../editions/store/mailed-takeaways.ts'
import type { EditionKind } from '../platform/db/tables/editions.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes } from './context.ts'
import { page } from './page.ts'
import { paged, pageStart } from './request.ts'
import { allowMailStyles } from './security.ts'

const perPage = 30

/** GET /editions lists the public editions; GET /editions/:slug shows one as it was sent, with a note of later changes. */
export function editionRoutes(app: App): Routes {
  const web = routes()
  web.get('/editions', async (c) => {
    const found = await listEditions(app.db, { before: pageStart(c), limit: perPage + 1, kinds: publicKinds })
    const { rows, next } = paged(found, perPage)
    const names = await topicNamesBySlug(app)
    const editions = rows.map((row) => rowView(row, names))
    return page(c, app, 'editions', { title: 'Editions', section: 'editions', editions, next })
  })
  web.get('/editions/:slug', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    if (!edition || edition.slug !== c.req.param('slug') || !publicKinds.includes(edition.kind)) return c.notFound()
    allowMailStyles(c, "'none'")
    c.header('Cache-Control', 'public, max-age=300')
    const changes = await changedSince(app.db, edition.takeaways)
    return c.html(withChangesNoted(forWeb(edition.html, app.config.publicUrl), changes))
  })
  return web
}

function rowView({ slug, subject, kind, closed_at, topics }: EditionRow, names: Map<string, string>) {
  return {
    slug,
    subject,
    kind: kindNames[kind],
    at: formatUtc(closed_at),
    topics: topics.map((topic) => names.get(topic) ?? topic),
  }
}

/** What people call each kind of edition. */
export const kindNames: Record<EditionKind, string> = {
  confirmation: 'Confirmation',
  link: 'Preferences link',
  welcome: 'Welcome digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
  alert: 'Alert',
}
