import { bodyLimit } from 'hono/body-limit'
import type { App } from '../app.ts'
import { type HookResponse, receiveMailgun, receivePostmark, receiveSes } from '../delivery/bounces/receive-hooks.ts'
import { createCertificates } from '../delivery/bounces/sns-certificates.ts'
import { confirmPush, hearPush } from '../feeds/push.ts'
import { type Routes, routes, type WebContext } from './context.ts'

/** Paths that other programs post to. They authenticate themselves, and their bodies are larger than forms. */
export const isCallback = (path: string): boolean => path.startsWith('/hooks/') || /^\/push\/[^/]+$/.test(path)

/** A push has a whole feed. */
const limitPush = bodyLimit({ maxSize: 10_000_000 })
/** A bounce report may have the headers of a whole mail. */
const limitHook = bodyLimit({ maxSize: 1_000_000, onError: (c) => c.text('This report is too large.\n', 413) })

const defaultLeaseS = 86_400

/** /push/:token: GET answers a hub's challenge, POST receives its pushes (WebSub). */
export function pushRoutes(app: App): Routes {
  const web = routes()
  web.get('/push/:token', async (c) => {
    const parameter = (name: string) => c.req.query(`hub.${name}`) ?? ''
    const challenge = await confirmPush(app, c.req.param('token'), {
      mode: parameter('mode'),
      topic: parameter('topic'),
      challenge: parameter('challenge'),
      leaseS: Number(parameter('lease_seconds')) || defaultLeaseS,
    })
    if (challenge === null) return c.text('No such subscription.\n', 404)
    return c.body(challenge, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
  })
  web.post('/push/:token', limitPush, async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const known = await hearPush(app, c.req.param('token'), c.req.header('x-hub-signature'), body)
    return known ? c.body(null, 204) : c.body(null, 410)
  })
  return web
}

/** POST /hooks/PROVIDER receives bounce reports of a provider whose setting is present. */
export function hookRoutes(app: App): Routes {
  const web = routes()
  const { ses, postmark, mailgun } = app.config.hooks
  if (ses) {
    const certificates = createCertificates(app.fetcher, app.now)
    web.post('/hooks/ses', limitHook, async (c) => respond(c, await receiveSes(app, certificates, await c.req.text())))
  }
  if (postmark) {
    web.post('/hooks/postmark', limitHook, async (c) => {
      const response = await receivePostmark(app, postmark, c.req.header('authorization'), await c.req.text())
      if (response.status === 401) c.header('WWW-Authenticate', 'Basic realm="bounces", charset="UTF-8"')
      return respond(c, response)
    })
  }
  if (mailgun) {
    web.post('/hooks/mailgun', limitHook, async (c) =>
      respond(c, await receiveMailgun(app, mailgun, await c.req.text())),
    )
  }
  return web
}

const respond = (c: WebContext, { say, status }: HookResponse) => c.text(`${say}\n`, status)
