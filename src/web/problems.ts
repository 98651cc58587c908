import { HTTPException } from 'hono/http-exception'
import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import type { Routes } from './context.ts'
import { message } from './page.ts'

const home = { href: '/', label: 'To the first page' }

/** What is said when nothing is there, when the input was bad, and when we failed; never a stack trace. */
export function answerProblems(web: Routes, app: App): void {
  web.notFound((c) =>
    message(c, app, { title: 'There is nothing here', text: 'This address leads to no page of ours.', way: home }, 404),
  )
  web.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof UserError) {
      return message(c, app, { title: 'That did not work', text: error.message, way: home }, 422)
    }
    app.log.error({ err: error, route: c.req.routePath }, 'failed to answer a request')
    return message(c, app, { title: 'Something went wrong', text: apology, way: home }, 500)
  })
}

const apology =
  'The fault is ours, and it was written down. Nothing that you sent was half done; please try again soon.'
