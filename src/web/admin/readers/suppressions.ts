import { z } from 'zod'
import type { App } from '../../../app.ts'
import { addressSchema } from '../../../platform/address.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { liftSuppression } from '../../../readers/lift-suppression.ts'
import { liftedWords } from '../../../readers/rules/lifted-words.ts'
import { listSuppressions, type Suppression } from '../../../readers/store/suppressions.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { pageNumber, parseSent, readForm } from '../../request.ts'
import { actorOf } from '../system/session.ts'

const perPage = 50
const maxPages = 100_000

/** GET /admin/suppressions lists the addresses that are never mailed; POST /admin/suppressions/lift lifts one. */
export function suppressionRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/suppressions', (c) => {
    return pageNumber(c, maxPages) === undefined ? c.notFound() : show(c, app, { ...emptyForm, notice: noticeIn(c) })
  })
  web.post('/admin/suppressions/lift', async (c) => {
    const form = await readForm(c)
    const [email, reason, restore] = [form.text('email'), form.text('reason'), form.text('restore') === 'yes']
    return catchUserError(
      async () => {
        const request = { email: parseSent(addressSchema, email), reason: parseSent(reasonSchema, reason) }
        const { kind } = await liftSuppression(app, { ...request, restore, actor: actorOf(c) })
        return c.redirect(`/admin/suppressions?lifted=${kind}`, 303)
      },
      (problem) => show(c, app, { email, reason, problem, notice: null }),
    )
  })
  return web
}

type LiftForm = { email: string; reason: string; problem: string | null; notice: string | null }
const emptyForm: LiftForm = { email: '', reason: '', problem: null, notice: null }

/** What the act before this page did. */
function noticeIn(c: WebContext): string | null {
  const kind = z.enum(['restored', 'asked', 'waiting', 'free']).safeParse(c.req.query('lifted'))
  return kind.success ? liftedWords(kind.data) : null
}

const reasonProblem = 'Give a reason of at most 500 characters. It is kept in the audit log.'
const reasonSchema = z.string().trim().min(1, reasonProblem).max(500, reasonProblem)

async function show(c: WebContext, app: App, form: LiftForm): Promise<Response> {
  const number = pageNumber(c, maxPages) ?? 1
  const found = await listSuppressions(app.db, { limit: perPage + 1, offset: (number - 1) * perPage })
  const view = {
    title: 'Suppressions',
    section: 'suppressions',
    wide: true,
    suppressions: found.slice(0, perPage).map(suppressionView),
    next: found.length > perPage ? number + 1 : null,
    form,
  }
  return page(c, app, 'admin/suppressions', view, form.problem ? 422 : 200)
}

/** A suppression as the admin pages show it. */
export function suppressionView({ email, subscriber_id, reason, at, words }: Suppression) {
  return { email, reader: subscriber_id, reason, at: formatUtc(at), words }
}
