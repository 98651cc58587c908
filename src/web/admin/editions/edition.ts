import type { App } from '../../../app.ts'
import { editionOutcome } from '../../../delivery/edition-outcome.ts'
import { listDeliveries } from '../../../delivery/store/deliveries.ts'
import { countStates } from '../../../delivery/store/delivery-counts.ts'
import { forWeb } from '../../../editions/mail/web-copy.ts'
import { publicKinds } from '../../../editions/rules/edition.ts'
import { toldInWords } from '../../../editions/rules/told-counts.ts'
import { type Edition, findEdition, listEditions, listSendings } from '../../../editions/store/editions.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { plural } from '../../../platform/text/plural.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { kindNames } from '../../editions.ts'
import { framedMail, page } from '../../page.ts'
import { paged, pageStart } from '../../request.ts'
import { deliveryView, statesView, whyView } from './delivery-view.ts'
import { unknownView } from './unknown.ts'

const editionsPerPage = 50

/** GET /admin/editions: every edition, also personal mails, with its deliveries by state. */
export function editionListRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/editions', async (c) => {
    const found = await listEditions(app.db, { before: pageStart(c), limit: editionsPerPage + 1 })
    const { rows, next } = paged(found, editionsPerPage)
    const ids = rows.map(({ id }) => id)
    const counts = await countStates(app.db, ids)
    const editions = rows.map(({ id, slug, subject, kind, closed_at }) => ({
      slug,
      subject,
      kind: kindNames[kind],
      at: formatUtc(closed_at),
      ...statesView(counts.get(id) ?? {}),
    }))
    return page(c, app, 'admin/editions', { title: 'Editions', section: 'editions', wide: true, editions, next })
  })
  return web
}

const perPage = 100

/** The resend form as it was filled in; `problem` is what is wrong with it. */
export type ResendForm = { who: string; email: string; reason: string; problem: string | null }

const emptyForm: ResendForm = { who: 'failed', email: '', reason: '', problem: null }

/** GET /admin/editions/:slug: one edition, its deliveries, and the form to send it again; /html is the mail itself. */
export function editionRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/editions/:slug', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? showEdition(c, app, edition) : c.notFound()
  })
  web.get('/admin/editions/:slug/html', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? framedMail(c, forWeb(edition.html, app.config.publicUrl)) : c.notFound()
  })
  return web
}

/** The page of one edition, with the form as it was sent where something in it was wrong. */
export async function showEdition(c: WebContext, app: App, edition: Edition, sent?: ResendForm): Promise<Response> {
  const now = app.now()
  const [counts, sendings, found, outcome, unknown] = await Promise.all([
    countStates(app.db, [edition.id]),
    listSendings(app.db, edition.id),
    listDeliveries(app.db, { edition: edition.id, before: pageStart(c), limit: perPage + 1 }),
    editionOutcome(app, edition),
    listDeliveries(app.db, { edition: edition.id, state: 'unknown', limit: perPage }),
  ])
  const { rows, next } = paged(found, perPage)
  const states = counts.get(edition.id) ?? {}
  const whys = [outcome, ...outcome.sendings].flatMap(({ why }) => why)
  const sentUnknown = sent?.who === 'listed' ? sent : undefined
  const view = {
    title: edition.subject,
    section: 'editions',
    wide: true,
    notice: noticeIn(c),
    edition: editionView(edition),
    ...statesView(states),
    whys: whys.map((why) => whyView(why, now)),
    unknown: unknownView(edition, states.unknown ?? 0, unknown, now, sentUnknown),
    sendings: sendings.map(({ n, actor, reason, at }) => ({
      n,
      actor,
      reason: reasonNames[reason] ?? reason,
      at: formatUtc(at),
    })),
    deliveries: rows.map((row) => deliveryView(row, now)),
    next,
    resend: sent ?? emptyForm,
  }
  return page(c, app, 'admin/edition', view, sent?.problem ? 422 : 200)
}

/** Why Sitrep sends a mail by itself, in words. The reason of a person is shown as it was written. */
const reasonNames: Record<string, string> = {
  welcome: 'new subscription',
  confirmation: 'request of a reader',
  link: 'request of a reader',
}

function editionView({ slug, key, subject, kind, closed_at, stories, takeaways, paused_at, pause_reason }: Edition) {
  return {
    slug,
    key,
    subject,
    kind: kindNames[kind],
    isPublic: publicKinds.includes(kind),
    at: formatUtc(closed_at),
    told: toldInWords({ stories, takeaways }),
    paused: paused_at ? (pause_reason ?? '') : null,
  }
}

/** What the act before this page did, from the query that its redirect left. */
function noticeIn(c: WebContext): string | null {
  const marked = /^\d{1,9}$/.exec(c.req.query('settled') ?? '')?.[0]
  if (marked === '0') return 'No delivery was changed: all were marked before.'
  if (marked) return `${plural(Number(marked), 'delivery', 'deliveries')} marked as accepted.`
  const [, sending, count] = /^(\d{1,6})(?:-(\d{1,9}))?$/.exec(c.req.query('queued') ?? '') ?? []
  if (!sending) return null
  const mails = count ? ` with ${plural(Number(count), 'delivery', 'deliveries')}` : ' already'
  return `Sending ${sending} is queued${mails}.`
}
