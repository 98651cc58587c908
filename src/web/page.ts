import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../app.ts'
import { assets } from './assets.ts'
import type { WebContext } from './context.ts'

/** What a page is told; everything in it is escaped by the template. `title` is what the browser's tab says. */
export type PageView = { title: string; [name: string]: unknown }

/** Answers with templates/pages/NAME.liquid inside the layout. */
export async function page(
  c: WebContext,
  app: App,
  name: string,
  view: PageView,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const { contact, postalAddress } = app.config
  const layout = {
    css: assets.css.path,
    script: assets.script.path,
    icon: assets.icon.path,
    site: { contact, postalAddress },
    admin: c.get('admin')?.email,
    path: c.req.path,
  }
  return c.html(await app.render.page(name, { ...layout, ...view }), status)
}

/** Answers with a page of one heading, one sentence and the way on. */
export function message(
  c: WebContext,
  app: App,
  said: { title: string; text: string; way?: { href: string; label: string } },
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return page(c, app, 'message', said, status)
}
