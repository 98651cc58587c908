import { bodyLimit } from 'hono/body-limit'
import type { App } from '../app.ts'
import { type HookResponse, receiveMailgun, receivePostmark, receiveSes } from '../delivery/bounces/receive-hooks.ts'
import { createCertificates } from '../delivery/bounces/sns-certificates.ts'
import { type Routes, routes, type WebContext } from './context.ts'

/** Providers prove themselves, and their reports may carry the headers of a whole mail. */
export const isHook = (path: string): boolean => path.startsWith('/hooks/')

const limited = bodyLimit({ maxSize: 1_000_000, onError: (c) => c.text('This report is too large.\n', 413) })

/** POST /hooks/ses, /hooks/postmark and /hooks/mailgun, each where its setting is there. */
export function hookRoutes(app: App): Routes {
  const web = routes()
  const { sesTopics, postmark, mailgunKey } = app.config.hooks
  if (sesTopics.length) {
    const certificates = createCertificates(app.fetcher, app.now)
    web.post('/hooks/ses', limited, async (c) => say(c, await receiveSes(app, certificates, await c.req.text())))
  }
  if (postmark) {
    web.post('/hooks/postmark', limited, async (c) => {
      const answer = await receivePostmark(app, postmark, c.req.header('authorization'), await c.req.text())
      if (answer.status === 401) c.header('WWW-Authenticate', 'Basic realm="bounces", charset="UTF-8"')
      return say(c, answer)
    })
  }
  if (mailgunKey) {
    web.post('/hooks/mailgun', limited, async (c) => say(c, await receiveMailgun(app, mailgunKey, await c.req.text())))
  }
  return web
}

const say = (c: WebContext, answer: HookResponse) => c.text(`${answer.say}\n`, answer.status)
