import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { type NoPreferences, peekPreferences, savePreferences } from '../readers/preferences.ts'
import { topicNames } from '../reading/store/topic-names.ts'
import { zones } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { readForm } from './form.ts'
import { message, page } from './page.ts'
import { isPreferencesForm, type PreferencePart, partsOf, partViews, readParts, requestOf } from './preference-parts.ts'
import { keepAddressSecret } from './security-headers.ts'

/** /p/:token: GET shows the reader's subscriptions, POST makes them what the form says. */
export function preferencesRoutes(app: App): Routes {
  const web = routes()
  web.use('/p/*', async (c, next) => {
    keepAddressSecret(c)
    await next()
  })
  web.get('/p/:token', async (c) => {
    const peeked = await peekPreferences(app, c.req.param('token'))
    if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
    const notice = c.req.query('done') === 'saved' ? 'Your preferences are saved.' : null
    return showForm(c, app, { parts: partsOf(peeked.subscriptions), email: peeked.email, notice, problem: null })
  })
  web.post('/p/:token', (c) => save(c, app, c.req.param('token')))
  return web
}

async function save(c: WebContext, app: App, token: string): Promise<Response> {
  const peeked = await peekPreferences(app, token)
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const form = await readForm(c)
  const parts = readParts(form, partsOf(peeked.subscriptions))
  if (!isPreferencesForm(form)) {
    const asTheyAre = partsOf(peeked.subscriptions)
    return showForm(c, app, { parts: asTheyAre, email: peeked.email, notice: null, problem: incomplete })
  }
  const wish = requestOf(parts)
  if (wish.kind === 'refused')
    return showForm(c, app, { parts: wish.parts, email: peeked.email, notice: null, problem })
  try {
    const saved = await savePreferences(app, token, wish.preferences)
    if (saved.kind !== 'saved') return showClosed(c, app, saved.kind)
    return saved.subscriptions.length ? c.redirect(`/p/${token}?done=saved`, 303) : message(c, app, ended)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return showForm(c, app, { parts, email: peeked.email, notice: null, problem: error.message })
  }
}

type Shown = { parts: PreferencePart[]; email: string; notice: string | null; problem: string | null }

async function showForm(c: WebContext, app: App, { parts, ...rest }: Shown): Promise<Response> {
  const topics = await topicNames(app.db)
  const view = { title: 'Your preferences', section: 'preferences', zones, parts: partViews(parts, topics), ...rest }
  return page(c, app, 'preferences', view, rest.problem ? 422 : 200)
}

function showClosed(c: WebContext, app: App, kind: NoPreferences['kind']): Promise<Response> {
  if (kind === 'invalid') return message(c, app, { title: 'This link does not work', text: cutOff, way: fresh }, 404)
  if (kind === 'expired') return message(c, app, { title: 'This link has expired', text: month, way: fresh }, 410)
  return message(c, app, { title: 'No subscription', text: inactive, way: { href: '/', label: 'Subscribe' } }, 410)
}

const problem = 'Your preferences were not saved. Please correct the marked fields below.'
const incomplete = 'Your preferences were not saved, because the form arrived incomplete. Please send it again.'
const cutOff = 'Your mail program may have cut it off. We can mail you a new one.'
const month = 'A link to your preferences works for 30 days. We can mail you a new one.'
const inactive = 'This address has no subscription any more. You can subscribe again at any time.'
const fresh = { href: '/preferences', label: 'Get a new link' }
const ended = {
  title: 'You are unsubscribed',
  text: 'You unticked every mail, so all your subscriptions have ended.',
  way: { href: '/', label: 'Subscribe again' },
}
