import { peekSignIn, signIn, signOut } from '../../../admin/sign-in.ts'
import type { App } from '../../../app.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { message, page } from '../../page.ts'
import { keepAddressSecret } from '../../security.ts'
import { dropSession, keepSession, sessionIn } from './session.ts'

/** /admin/sign-in/:token: GET shows a button, POST uses up the link and opens a session. POST /admin/sign-out ends it. */
export function signInRoutes(app: App): Routes {
  const web = routes()
  web.use('/admin/sign-in/*', async (c, next) => {
    keepAddressSecret(c)
    // Not no-referrer: browsers then send `Origin: null`, and this POST sets a cookie, so its origin must be known.
    c.header('Referrer-Policy', 'same-origin')
    await next()
  })
  web.get('/admin/sign-in/:token', async (c) => {
    const token = c.req.param('token')
    const { kind } = await peekSignIn(app, token)
    return kind === 'open' ? page(c, app, 'admin/sign-in', { title: 'Sign in', token }) : refuse(c, app)
  })
  web.post('/admin/sign-in/:token', async (c) => {
    const outcome = await signIn(app, c.req.param('token'))
    if (outcome.kind !== 'signed-in') return refuse(c, app)
    keepSession(c, app.config, outcome)
    return c.redirect('/admin', 303)
  })
  web.post('/admin/sign-out', async (c) => {
    await signOut(app, sessionIn(c))
    dropSession(c, app.config)
    return c.redirect('/', 303)
  })
  return web
}

function refuse(c: WebContext, app: App): Promise<Response> {
  const text =
    'A sign-in link works once, for 7 days, and until a newer link is made. Make a new link: sitrep admins invite EMAIL'
  return message(c, app, { title: 'This sign-in link does not work', text }, 410)
}
