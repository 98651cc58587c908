import { z } from 'zod'
import type { App } from '../../../app.ts'
import { markAccepted } from '../../../delivery/mark-accepted.ts'
import { planResend, resend } from '../../../delivery/resend.ts'
import { resumePaused } from '../../../delivery/resume-edition.ts'
import { type Edition, findEdition } from '../../../editions/store/editions.ts'
import { addressSchema } from '../../../platform/address.ts'
import { UserError } from '../../../platform/user-error.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { type Form, parseSent, readForm } from '../../request.ts'
import { actorOf } from '../system/session.ts'
import { showEdition } from './edition.ts'

type Act = (c: WebContext, app: App, edition: Edition, form: Form) => Promise<Response>

/**
 * POST /admin/editions/:slug/plan shows who would get the edition again, .../resend sends it, once, .../resume resumes a
 * paused one, .../mark-accepted settles unknown deliveries. A problem is shown on the page, with what was entered.
 */
export function resendRoutes(app: App): Routes {
  const web = routes()
  for (const [name, act] of Object.entries(acts)) {
    web.post(`/admin/editions/:slug/${name}`, async (c) => {
      const edition = await findEdition(app.db, c.req.param('slug'))
      if (!edition) return c.notFound()
      const form = await readForm(c)
      const entered = { who: form.text('who'), email: form.text('email'), reason: form.text('reason') }
      return catchUserError(
        () => act(c, app, edition, form),
        (problem) => showEdition(c, app, edition, { ...entered, problem }),
      )
    })
  }
  return web
}

const acts: Record<string, Act> = { plan, resend: sendAgain, resume, 'mark-accepted': settle }

async function plan(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  const reason = reasonIn(form)
  const { count, sample, lastSending } = await planResend(app, { edition: edition.key, who })
  if (count === 0) {
    throw new UserError(
      'No reader would get this edition. No delivery has this state, or the readers unsubscribed or are suppressed. Choose other readers.',
    )
  }
  return page(c, app, 'admin/resend', {
    title: 'Send again?',
    section: 'editions',
    wide: true,
    slug: edition.slug,
    subject: edition.subject,
    reason,
    count,
    sample,
    ...fieldsOf(who),
    lastSending,
    requestKey: crypto.randomUUID(),
  })
}

async function sendAgain(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  const reason = reasonIn(form)
  const requestKey = form.text('requestKey').slice(0, 64)
  if (!requestKey) throw new UserError('Press Preview first, then press “Send again” on the next page.')
  const request = { edition: edition.key, who, reason, actor: actorOf(c), requestKey }
  const outcome = await resend(app, { ...request, lastSending: Number(form.text('lastSending')) || 0 })
  if (outcome.kind === 'nobody') {
    throw new UserError('No reader would get this edition any more, so nothing was sent.')
  }
  const done = outcome.kind === 'queued' ? `${outcome.sending}-${outcome.count}` : outcome.sending
  return c.redirect(`/admin/editions/${edition.slug}?queued=${done}`, 303)
}

async function resume(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  await resumePaused(app, { edition: edition.key, actor: actorOf(c), reason: reasonIn(form) })
  return c.redirect(`/admin/editions/${edition.slug}`, 303)
}

async function settle(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  if (who.kind !== 'unknown') throw new UserError('Only unknown deliveries can be marked as accepted.')
  const request = { edition: edition.key, email: who.email, actor: actorOf(c), reason: reasonIn(form) }
  const count = await markAccepted(app, request)
  return c.redirect(`/admin/editions/${edition.slug}?settled=${count}`, 303)
}

type Who = { kind: 'failed' } | { kind: 'unknown'; email?: string | undefined } | { kind: 'to'; email: string }

/**
 * The readers that a form chose. `listed` comes from the form of unknown deliveries: one of its list, or all of them.
 * @throws UserError when no readers, or not one address, were chosen.
 */
function whoIn(form: Form): Who {
  const who = form.text('who')
  const email = form.text('email')
  if (who === 'failed' || who === 'unknown') return { kind: who }
  if (who === 'listed') return { kind: 'unknown', email: email ? parseSent(addressSchema, email) : undefined }
  if (who === 'to') return { kind: 'to', email: parseSent(addressSchema, email) }
  throw new UserError('Choose the readers who get this edition again.')
}

/** The fields with which a form makes the same choice again. */
function fieldsOf(who: Who): { who: string; email: string } {
  if (who.kind === 'unknown' && who.email) return { who: 'listed', email: who.email }
  return { who: who.kind, email: who.kind === 'to' ? who.email : '' }
}

const reasonProblem = 'Give a reason of at most 500 characters. It is kept in the audit log.'
const reasonSchema = z.string().trim().min(1, reasonProblem).max(500, reasonProblem)

const reasonIn = (form: Form): string => parseSent(reasonSchema, form.text('reason'))
