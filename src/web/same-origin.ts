import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { isCallback } from './callbacks.ts'
import type { Env, WebContext } from './context.ts'

/**
 * Refuses a form that another site sent: every POST must say that it comes from our own pages. The RFC 8058 unsubscribe
 * POST is allowed, since mail programs send it from anywhere, and its token is its only authority. Pushes and hooks
 * authenticate themselves too.
 */
export function sameOriginOnly(config: Config): MiddlewareHandler<Env> {
  const own = new URL(config.publicUrl).origin
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || isOwnForm(c, own)) return next()
    return c.text('This form was not sent from our own page. Please open the page and send it again.', 403)
  }
}

function isOwnForm(c: WebContext, own: string): boolean {
  if (unsubscribePath.test(c.req.path) || isCallback(c.req.path)) return true
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  // Token pages send no referrer, so browsers send `Origin: null`; only the token gives authority there.
  if (origin === 'null') return tokenPath.test(c.req.path)
  return origin === own || origin === new URL(c.req.url).origin
}

const unsubscribePath = /^\/u\/[^/]+$/
const tokenPath = /^\/(?:c|p)\/[^/]+$/
