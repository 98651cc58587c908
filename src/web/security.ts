import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { isCallback } from './callbacks.ts'
import type { Env, WebContext } from './context.ts'

/** Adds to every answer the headers that it has not set itself; a page that needs another policy sets its own. */
export function securityHeaders(config: Config): MiddlewareHandler<Env> {
  const headers = { ...always, ...(config.publicUrl.startsWith('https:') ? overHttps : {}) }
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  }
}

/** How the addresses begin that have a reader's token: confirm, feed, mute, preferences, undo, unsubscribe, label. */
export const tokenPrefixes = ['/a/', '/c/', '/f/', '/k/', '/m/', '/p/', '/r/', '/u/', '/w/'] as const

/** For pages with a token in their address: it is kept out of referrers, caches and search engines. */
export const secretAddress: MiddlewareHandler<Env> = async (c, next) => {
  keepAddressSecret(c)
  await next()
}

export function keepAddressSecret(c: WebContext): void {
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
}

/** For a mail shown as a page: its own styles, nothing from other hosts, no script. */
export function allowMailStyles(c: WebContext, framedBy: "'self'" | "'none'"): void {
  const sandbox = framedBy === "'self'" ? 'sandbox allow-popups allow-popups-to-escape-sandbox; ' : ''
  const policy = `${sandbox}default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'self'`
  c.header('Content-Security-Policy', `${policy}; form-action 'none'; frame-ancestors ${framedBy}`)
  c.header('X-Frame-Options', framedBy === "'self'" ? 'SAMEORIGIN' : 'DENY')
}

const always = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-cache',
}
const overHttps = { 'Strict-Transport-Security': 'max-age=31536000' }

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
  if (origin === 'null') return tokenPrefixes.some((prefix) => c.req.path.startsWith(prefix))
  return origin === own || origin === new URL(c.req.url).origin
}

const unsubscribePath = /^\/u\/[^/]+$/
