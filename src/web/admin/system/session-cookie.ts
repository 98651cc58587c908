import { deleteCookie, setCookie } from 'hono/cookie'
import type { Config } from '../../../config.ts'
import type { WebContext } from '../../context.ts'

export const sessionCookie = 'sitrep_session'

/** Keeps the session with the browser until it ends: out of reach of scripts and of other sites' forms. */
export function keepSession(
  c: WebContext,
  config: Config,
  signedIn: { session: string; expiresAt: Temporal.Instant },
): void {
  setCookie(c, sessionCookie, signedIn.session, {
    ...where(config),
    expires: new Date(signedIn.expiresAt.epochMilliseconds),
  })
}

export function dropSession(c: WebContext, config: Config): void {
  deleteCookie(c, sessionCookie, where(config))
}

function where(config: Config) {
  const secure = config.publicUrl.startsWith('https:')
  return { path: '/admin', httpOnly: true, sameSite: 'Lax', secure } as const
}
