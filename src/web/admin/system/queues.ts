import type { Hono } from 'hono'
import { type Routes, routes } from '../../context.ts'

const base = '/admin/queues'
/** The board sets its own styles in attributes; it gets no more than that, and nothing from other hosts. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"

/** The queue board below /admin/queues, read-only: a request that would change something is refused. */
export function queueRoutes(board: (basePath: string) => Hono): Routes {
  const web = routes()
  web.use(`${base}/*`, async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.text('The queue pages are read-only.', 405)
    await next()
    if (c.res.headers.get('content-type')?.startsWith('text/html')) {
      c.res = new Response(withoutForeignLinks(await c.res.text()), c.res)
    }
    c.res.headers.set('Content-Security-Policy', policy)
    return undefined
  })
  web.get(`${base}/`, (c) => c.redirect(base))
  web.route(base, board(base))
  return web
}

/** Removes the links to other hosts, such as the board's web font: the policy would refuse them with a console error. */
function withoutForeignLinks(html: string): string {
  return html.replace(/<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g, '')
}
