import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
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
