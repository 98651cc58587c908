import type { App } from '../../../app.ts'
import { editionOutcome, type Why } from '../../../delivery/edition-outcome.ts'
import { countStates } from '../../../delivery/store/deliveries.ts'
import { listDeliveryRows } from '../../../delivery/store/delivery-views.ts'
import { forWeb } from '../../../editions/mail/placeholders.ts'
import { listSendings, publicKinds } from '../../../editions/store/edition-views.ts'
import { type Edition, findEdition } from '../../../editions/store/editions.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { formatRelativeTime } from '../../../platform/text/format-relative-time.ts'
import { plural } from '../../../platform/text/plural.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { kindName } from '../../edition-kind-name.ts'
import { page } from '../../page.ts'
import { paged, pageStart } from '../../query.ts'
import { allowMailStyles } from '../../security-headers.ts'
import { deliveryView } from './delivery-view.ts'
import { stateSums } from './list.ts'
import type { ResendForm } from './resend-form.ts'
import { unknownView } from './unknown-view.ts'

const perPage = 100

/** GET /admin/editions/:slug: one edition, who got it, and the form to send it again; /html is the mail itself. */
export function editionRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/editions/:slug', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? showEdition(c, app, edition) : c.notFound()
  })
  web.get('/admin/editions/:slug/html', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    if (!edition) return c.notFound()
    allowMailStyles(c, "'self'")
    return c.html(forWeb(edition.html, app.config.publicUrl).replace(/<head[^>]*>/i, '$&<base target="_blank">'))
  })
  return web
}

/** The page of one edition, with the resend form as it was sent when something in it was wrong. */
export async function showEdition(c: WebContext, app: App, edition: Edition, resend?: ResendForm): Promise<Response> {
  const [counts, sendings, found, outcome, unknown] = await Promise.all([
    countStates(app.db, [edition.id]),
    listSendings(app.db, edition.id),
    listDeliveryRows(app.db, { edition: edition.id, before: pageStart(c), limit: perPage + 1 }),
    editionOutcome(app, edition),
    listDeliveryRows(app.db, { edition: edition.id, state: 'unknown', limit: perPage }),
  ])
  const { rows, next } = paged(found, perPage)
  const view = {
    ...{ title: edition.subject, section: 'editions', wide: true, next, notice: noticeIn(c) },
    edition: editionView(edition),
    ...stateSums(counts.get(edition.id)!),
    whys: [outcome, ...outcome.sendings].flatMap(({ why }) => why.map((one) => whyView(one, app.now()))),
    unknown: unknownView(
      edition,
      counts.get(edition.id)!.unknown ?? 0,
      unknown,
      app.now(),
      resend?.who === 'listed' ? resend : undefined,
    ),
    sendings: sendings.map((one) => ({ ...one, at: formatUtc(one.at) })),
    deliveries: rows.map((row) => deliveryView(row, app.now())),
    resend: resend ?? { who: 'failed', email: '', reason: '', problem: null },
  }
  return page(c, app, 'admin/edition', view, resend?.problem ? 422 : 200)
}

function editionView({ slug, key, subject, kind, closed_at, takeaways, paused_at, pause_reason }: Edition) {
  return {
    paused: paused_at ? (pause_reason ?? '') : null,
    ...{ slug, key, subject, kind: kindName(kind), at: formatUtc(closed_at), takeaways: takeaways.length },
    isPublic: publicKinds.includes(kind),
  }
}

function whyView({ state, count, why, next }: Why, now: Temporal.Instant) {
  return { state, count, why: next ? `${why}; next try ${formatRelativeTime(next, now)}` : why }
}

function noticeIn(c: WebContext): string | null {
  const settled = /^\d{1,9}$/.exec(c.req.query('settled') ?? '')?.[0]
  if (settled === '0') return 'No delivery was changed: all were marked before.'
  if (settled) return `${plural(Number(settled), 'delivery', 'deliveries')} marked as accepted.`
  const [, sending, count] = /^(\d{1,6})-(\d{1,9})$/.exec(c.req.query('queued') ?? '') ?? []
  if (!sending) return null
  return `Sending ${sending} is queued with ${plural(Number(count), 'delivery', 'deliveries')}.`
}
