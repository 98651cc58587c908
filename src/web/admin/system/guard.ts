import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { adminOf } from '../../../admin/sign-in.ts'
import type { App } from '../../../app.ts'
import type { Env } from '../../context.ts'
import { page } from '../../page.ts'
import { keepAddressSecret } from '../../security-headers.ts'
import { sessionCookie } from './session-cookie.ts'

/** Lets nobody past without a session, and says how to get one; who is signed in stands in `c.get('admin')`. */
export function signedInOnly(app: App): MiddlewareHandler<Env> {
  return async (c, next) => {
    keepAddressSecret(c)
    c.header('Referrer-Policy', 'same-origin')
    const cookie = getCookie(c, sessionCookie)
    const admin = cookie ? await adminOf(app, cookie) : null
    if (!admin) return page(c, app, 'admin/closed', { title: 'Sign in' }, 401)
    c.set('admin', admin)
    return next()
  }
}
