import { HTTPException } from 'hono/http-exception'
import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import type { Routes } from './context.ts'
import { message } from './page.ts'

const home = { href: '/', label: 'Go to the home page' }

/** What is said when nothing is there, when the input was bad, and when we failed; never a stack trace. */
export function answerProblems(web: Routes, app: App): void {
  web.notFound((c) => message(c, app, { title: 'Page not found', text: 'No page has this address.', way: home }, 404))
  web.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof UserError) {
      return message(c, app, { title: 'That did not work', text: error.message, way: home }, 422)
    }
    app.log.error({ err: error, route: c.req.routePath }, 'failed to answer a request')
    return message(c, app, { title: 'Something went wrong', text: apology, way: home }, 500)
  })
}

const apology = 'The fault is ours, and the error was logged. Please try again soon.'
