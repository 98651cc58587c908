import type { MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { adminOf } from '../../../admin/sign-in.ts'
import type { App } from '../../../app.ts'
import type { Config } from '../../../config.ts'
import type { Env, WebContext } from '../../context.ts'
import { page } from '../../page.ts'
import { keepAddressSecret } from '../../security.ts'

const cookieName = 'sitrep_session'

/** Lets only signed-in admins pass, and tells others how to sign in. The admin is then in `c.get('admin')`. */
export function signedInOnly(app: App): MiddlewareHandler<Env> {
  return async (c, next) => {
    keepAddressSecret(c)
    c.header('Referrer-Policy', 'same-origin')
    const session = sessionIn(c)
    const admin = session ? await adminOf(app, session) : null
    if (!admin) return page(c, app, 'admin/closed', { title: 'Sign in' }, 401)
    c.set('admin', admin)
    return next()
  }
}

/** The signed-in admin as the actor of an audited act: `admin:3`. */
export function actorOf(c: WebContext): string {
  return `admin:${c.get('admin').id}`
}

export function sessionIn(c: WebContext): string | undefined {
  return getCookie(c, cookieName)
}

/** Sets the session cookie until the session ends, out of reach of scripts and of forms on other sites. */
export function keepSession(
  c: WebContext,
  config: Config,
  { session, expiresAt }: { session: string; expiresAt: Temporal.Instant },
): void {
  setCookie(c, cookieName, session, { ...cookieScope(config), expires: new Date(expiresAt.epochMilliseconds) })
}

export function dropSession(c: WebContext, config: Config): void {
  deleteCookie(c, cookieName, cookieScope(config))
}

function cookieScope({ publicUrl }: Config) {
  return { path: '/admin', httpOnly: true, sameSite: 'Lax', secure: publicUrl.startsWith('https:') } as const
}
