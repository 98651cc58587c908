import type { App } from '../app.ts'
import { type HookResponse, receiveMailgun, receivePostmark, receiveSes } from '../delivery/bounces/receive-hooks.ts'
import { createCertificates } from '../delivery/bounces/sns-certificates.ts'
import { confirmPush, hearPush } from '../feeds/push.ts'
import { limitedSource } from '../readers/rules/sign-up-limits.ts'
import { clientAddress } from './client-address.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { createHookReader } from './hook-body.ts'

/** Paths that other programs post to. They authenticate themselves, and their bodies are larger than forms. */
export const isCallback = (path: string): boolean => path.startsWith('/hooks/') || /^\/push\/[^/]+$/.test(path)

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
  web.post('/push/:token', async (c) => {
    const { body } = c.req.raw
    const heard = await hearPush(app, c.req.param('token'), { signature: c.req.header('x-hub-signature'), body })
    return c.body(null, pushStatus[heard])
  })
  return web
}

const pushStatus = { heard: 204, unknown: 410, 'too large': 413 } as const

/** POST /hooks/PROVIDER receives bounce reports of a provider whose setting is present. */
export function hookRoutes(app: App): Routes {
  const web = routes()
  const { ses, postmark, mailgun } = app.config.hooks
  const networkOf = (c: WebContext) => limitedSource(clientAddress(c, app.config.trustProxy))
  if (ses) {
    const certificates = createCertificates(app.fetcher, app.now)
    const readBody = createHookReader(networkOf)
    web.post('/hooks/ses', async (c) => respond(c, await receiveSes(app, certificates, await readBody(c))))
  }
  if (postmark) {
    const readBody = createHookReader(() => undefined) // a call without the password is refused before
    web.post('/hooks/postmark', async (c) => {
      const response = await receivePostmark(app, postmark, c.req.header('authorization'), () => readBody(c))
      if (response.status === 401) c.header('WWW-Authenticate', 'Basic realm="bounces", charset="UTF-8"')
      return respond(c, response)
    })
  }
  if (mailgun) {
    const readBody = createHookReader(networkOf)
    web.post('/hooks/mailgun', async (c) => respond(c, await receiveMailgun(app, mailgun, await readBody(c))))
  }
  return web
}

const respond = (c: WebContext, { say, status }: HookResponse) => c.text(`${say}\n`, status)
