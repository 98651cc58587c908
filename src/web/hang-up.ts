import type { App } from '../app.ts'
import type { WebContext } from './context.ts'

/** True when the connection ended before the whole request was here. */
export function hasHungUp(c: WebContext): boolean {
  const incoming = c.env?.incoming
  return incoming?.destroyed === true && !incoming.complete
}

/** The status of a request whose client has gone, for the metrics alone: nobody receives it. */
const clientGone = 499

/** No fault of ours: one line at info, and a count of its own. */
export function answerNobody(c: WebContext, app: App, error: Error): Response {
  app.log.info({ route: c.req.routePath, reason: error.message }, 'a client hung up before its request was complete')
  return new Response(null, { status: clientGone })
}
