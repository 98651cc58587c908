import { bodyLimit } from 'hono/body-limit'
import type { App } from '../app.ts'
import { confirmPush, hearPush } from '../feeds/push.ts'
import { type Routes, routes } from './context.ts'

/** Pushes carry whole feeds, which are larger than forms. */
export const isPush = (path: string): boolean => /^\/push\/[^/]+$/.test(path)

/** /push/:token: GET answers a hub's challenge, POST hears its pushes (WebSub). */
export function pushRoutes(app: App): Routes {
  const web = routes()
  web.get('/push/:token', async (c) => {
    const asked = (name: string) => c.req.query(`hub.${name}`) ?? ''
    const question = {
      mode: asked('mode'),
      topic: asked('topic'),
      challenge: asked('challenge'),
      leaseS: Number(asked('lease_seconds')) || 86_400,
    }
    const answer = await confirmPush(app, c.req.param('token'), question)
    if (answer === null) return c.text('No such subscription.\n', 404)
    return c.body(answer, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
  })
  web.post('/push/:token', bodyLimit({ maxSize: 10_000_000 }), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const known = await hearPush(app, c.req.param('token'), c.req.header('x-hub-signature'), body)
    return known ? c.body(null, 204) : c.body(null, 410)
  })
  return web
}
