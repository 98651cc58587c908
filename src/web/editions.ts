import type { App } from '../app.ts'
import { withChangesNoted } from '../editions/mail/mark-changes.ts'
import { forWeb } from '../editions/mail/placeholders.ts'
import { changedSince } from '../editions/store/changed-since.ts'
import { type EditionRow, listEditionRows, publicKinds } from '../editions/store/edition-views.ts'
import { findEdition } from '../editions/store/editions.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { topicNames } from '../reading/store/topic-names.ts'
import { type Routes, routes } from './context.ts'
import { kindName } from './edition-kind-name.ts'
import { page } from './page.ts'
import { paged, pageStart } from './query.ts'
import { allowMailStyles } from './security-headers.ts'

const perPage = 30

/** GET /editions and GET /editions/:slug: the archive, and the web copy of each edition as it was frozen, with a note of what changed since. */
export function editionRoutes(app: App): Routes {
  const web = routes()
  web.get('/editions', async (c) => {
    const entries = await listEditionRows(app.db, { before: pageStart(c), limit: perPage + 1, kinds: publicKinds })
    const { rows, next } = paged(entries, perPage)
    const names = await namesBySlug(app)
    const editions = rows.map((row) => entryView(row, names))
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

/** The names of all topics by slug, for pages that show what an edition is about. */
export async function namesBySlug(app: App): Promise<Map<string, string>> {
  const topics = await topicNames(app.db)
  return new Map(topics.map((topic) => [topic.slug, topic.name]))
}

function entryView(entry: EditionRow, names: Map<string, string>) {
  return {
    slug: entry.slug,
    subject: entry.subject,
    kind: kindName(entry.kind),
    at: formatUtc(entry.closed_at),
    topics: entry.topics.map((slug) => names.get(slug) ?? slug),
  }
}
