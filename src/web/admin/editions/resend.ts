import type { App } from '../../../app.ts'
import { markAccepted } from '../../../delivery/mark-accepted.ts'
import { planResend, resend } from '../../../delivery/resend.ts'
import { resumePaused } from '../../../delivery/resume-edition.ts'
import { type Edition, findEdition } from '../../../editions/store/editions.ts'
import { UserError } from '../../../platform/user-error.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { type Form, readForm } from '../../form.ts'
import { page } from '../../page.ts'
import { showEdition } from './edition.ts'
import { enteredIn, fieldsOf, reasonIn, whoIn } from './resend-form.ts'

/** POST /admin/editions/:slug/plan shows who would get the edition again; POST .../resend does it, once; POST .../resume lets a paused one go on, .../mark-accepted settles what ended unknown. */
export function resendRoutes(app: App): Routes {
  const web = routes()
  web.post('/admin/editions/:slug/plan', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? guarded(c, app, edition, (form) => showPlan(c, app, edition, form)) : c.notFound()
  })
  web.post('/admin/editions/:slug/resend', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? guarded(c, app, edition, (form) => carryOut(c, app, edition, form)) : c.notFound()
  })
  web.post('/admin/editions/:slug/resume', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? guarded(c, app, edition, (form) => goOn(c, app, edition, form)) : c.notFound()
  })
  web.post('/admin/editions/:slug/mark-accepted', async (c) => {
    const edition = await findEdition(app.db, c.req.param('slug'))
    return edition ? guarded(c, app, edition, (form) => settle(c, app, edition, form)) : c.notFound()
  })
  return web
}

async function settle(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  if (who.kind !== 'unknown') throw new UserError('Only unknown deliveries can be marked as accepted.')
  const act = { edition: edition.key, email: who.email, actor: `admin:${c.get('admin').id}`, reason: reasonIn(form) }
  const count = await markAccepted(app, act)
  return c.redirect(`/admin/editions/${edition.slug}?settled=${count}`, 303)
}

async function goOn(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  await resumePaused(app, { edition: edition.key, actor: `admin:${c.get('admin').id}`, reason: reasonIn(form) })
  return c.redirect(`/admin/editions/${edition.slug}`, 303)
}

/** Runs an act on the sent form; what is wrong with it is said beside the form, with everything kept. */
async function guarded(c: WebContext, app: App, edition: Edition, act: (form: Form) => Promise<Response>) {
  const form = await readForm(c)
  try {
    return await act(form)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return showEdition(c, app, edition, { ...enteredIn(form), problem: error.message })
  }
}

async function showPlan(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  const reason = reasonIn(form)
  const { count, sample } = await planResend(app, { edition: edition.key, who })
  if (count === 0)
    throw new UserError('No reader would get this edition: no delivery matches, or the readers have left.')
  const { slug, subject } = edition
  return page(c, app, 'admin/resend', {
    ...{ title: 'Send again?', section: 'editions', wide: true, slug, subject, reason, count, sample },
    ...{ ...fieldsOf(who), requestKey: crypto.randomUUID() },
  })
}

async function carryOut(c: WebContext, app: App, edition: Edition, form: Form): Promise<Response> {
  const who = whoIn(form)
  const reason = reasonIn(form)
  const actor = `admin:${c.get('admin').id}`
  const requestKey = form.text('requestKey').slice(0, 64)
  if (!requestKey) throw new UserError('Preview the resend first, and confirm it there.')
  const outcome = await resend(app, { edition: edition.key, who, reason, actor, requestKey })
  if (outcome.kind === 'nobody') throw new UserError('No reader would get this edition any more, so nothing was sent.')
  const done = outcome.kind === 'queued' ? `?queued=${outcome.sending}-${outcome.count}` : ''
  return c.redirect(`/admin/editions/${edition.slug}${done}`, 303)
}
