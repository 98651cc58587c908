import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import type { Env, WebContext } from './context.ts'
import { isHook } from './hooks.ts'
import { isPush } from './push.ts'

/**
 * Refuses a form that another site sent: every POST must say that it comes from our own pages. The RFC 8058 unsubscribe
 * POST is let through, since mail programs come from anywhere; its token is all the authority that it has. Pushes
 * and hooks prove themselves too.
 */
export function sameOriginOnly(config: Config): MiddlewareHandler<Env> {
  const own = new URL(config.publicUrl).origin
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || isFromHere(c, own)) return next()
    return c.text('This form was not sent from our own page. Please open the page and send it again.', 403)
  }
}

function isFromHere(c: WebContext, own: string): boolean {
  if (unsubscribePath.test(c.req.path) || isPush(c.req.path) || isHook(c.req.path)) return true
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  // Token pages send no referrer, so that browsers say `Origin: null`; nothing but the token gives power there.
  if (origin === 'null') return tokenPath.test(c.req.path)
  return origin === own || origin === new URL(c.req.url).origin
}

const unsubscribePath = /^\/u\/[^/]+$/
const tokenPath = /^\/(?:c|p)\/[^/]+$/
