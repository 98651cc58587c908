import type { App } from '../../../app.ts'
import { type Routes, routes } from '../../context.ts'
import { showItem } from '../../items.ts'

/** GET /admin/items/:id: the whole text of an item, with its evidence and the words that rules found in it. */
export function itemRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/items/:id', (c) => showItem(c, app, 'staff'))
  return web
}
