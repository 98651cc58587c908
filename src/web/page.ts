import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../app.ts'
import { privacyLink } from '../editions/mail/mail-view.ts'
import { UserError } from '../platform/user-error.ts'
import { assets } from './assets.ts'
import type { Routes, WebContext } from './context.ts'
import { answerNobody, hasHungUp } from './hang-up.ts'
import type { PageMeta } from './metadata.ts'
import { allowMailStyles } from './security.ts'

/** What a template gets; the template escapes all of it. `title` is shown in the browser's tab; public pages have `meta`. */
export type PageView = { title: string; meta?: PageMeta; [name: string]: unknown }

/** Answers with templates/pages/NAME.liquid inside the layout. */
export async function page(
  c: WebContext,
  app: App,
  name: string,
  view: PageView,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return c.html(await app.render.page(name, inLayout(c, app, view)), status)
}

/** Answers like `page`, but renders anew only when the view is another than at the last call: for a page that many ask for. */
export function unchangedPage(app: App, name: string): (c: WebContext, view: PageView) => Promise<Response> {
  let last: { view: string; html: Promise<string> } | undefined
  return async (c, own) => {
    const given = inLayout(c, app, own)
    const view = JSON.stringify(given)
    if (last?.view !== view) last = { view, html: app.render.page(name, given) }
    return c.html(await last.html)
  }
}

function inLayout(c: WebContext, { config }: App, view: PageView): PageView {
  const { contact, postalAddress } = config
  const layout = {
    css: assets.css.path,
    script: assets.script.path,
    icon: assets.icon.path,
    site: { contact, postalAddress, privacy: privacyLink('', config) },
    admin: c.get('admin')?.email,
  }
  return { ...layout, ...view }
}

/** Answers with a page of one heading, a short text and, where given, a button that leads on. */
export function message(
  c: WebContext,
  app: App,
  view: { title: string; text: string; way?: { href: string; label: string } },
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return page(c, app, 'message', view, status)
}

/** Answers with the HTML of a mail for a sandboxed frame of our own; its links open outside the frame. */
export function framedMail(c: WebContext, html: string): Response {
  allowMailStyles(c, "'self'")
  return c.html(html.replace(/<head[^>]*>/i, '$&<base target="_blank">'))
}

/** Answers with `act`, or, where it throws a UserError, with the page that `show` makes of its message. */
export async function catchUserError(
  act: () => Promise<Response>,
  show: (problem: string) => Promise<Response>,
): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return show(error.message)
  }
}

/** Answers for a missing page, for bad input and for an error of ours; never with a stack trace. */
export function answerProblems(web: Routes, app: App): void {
  web.notFound((c) => message(c, app, { title: 'Page not found', text: 'No page has this address.', way: home }, 404))
  web.onError((error, c) => {
    if (hasHungUp(c)) return answerNobody(c, app, error)
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof UserError) {
      return message(c, app, { title: 'Your request was refused', text: error.message, way: home }, 422)
    }
    app.log.error({ err: error, route: c.req.routePath }, 'failed to answer a request')
    return message(c, app, { title: 'Something went wrong', text: apology, way: home }, 500)
  })
}

const home = { href: '/', label: 'Go to the home page' }
const apology = 'The fault is ours, and the error was logged. Please try again soon.'
