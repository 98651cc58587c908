import { firstStartSetting, sampleName, samplePage } from '../admin/samples/sample-feeds.ts'
import type { App } from '../app.ts'
import { readSetting } from '../platform/db/settings.ts'
import { type Routes, routes } from './context.ts'

/** GET /samples/:name/:id: the reports of the sample feeds, so that the links of sample mails lead to a page. */
export function sampleRoutes(app: App): Routes {
  const web = routes()
  if (!app.config.samples) return web
  web.get('/samples/:name/:id', async (c) => {
    const name = sampleName(c.req.param('name'))
    const firstStart = await readSetting<string>(app.db, firstStartSetting)
    if (!name || !firstStart) return c.notFound()
    const html = samplePage(name, c.req.param('id'), Temporal.Instant.from(firstStart), app.now())
    return html === null ? c.notFound() : c.html(html)
  })
  return web
}
