import type { Hono } from 'hono'
import { type Routes, routes } from '../../context.ts'

const base = '/admin/queues'
/** The board brings its own styles in attributes; it gets no more than that, and nothing from other hosts. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"

/** The queue's dashboard below /admin/queues, for reading only: whatever would change something is refused. */
export function queueRoutes(board: (basePath: string) => Hono): Routes {
  const web = routes()
  web.use(`${base}/*`, async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.text('The queue pages are read-only.', 405)
    await next()
    c.res.headers.set('Content-Security-Policy', policy)
    return undefined
  })
  web.get(`${base}/`, (c) => c.redirect(base))
  web.route(base, board(base))
  return web
}
