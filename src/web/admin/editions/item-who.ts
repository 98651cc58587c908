import type { App } from '../../../app.ts'
import { countItemSteps } from '../../../editions/item-audience.ts'
import { stepWords } from '../../../editions/rules/item-step.ts'
import { findItem } from '../../../editions/store/withheld-items.ts'
import { shownAddress } from '../../../platform/address.ts'
import { askedItem } from '../../../readers/asked-item.ts'
import { type Routes, routes } from '../../context.ts'
import { page } from '../../page.ts'
import { pathId } from '../../request.ts'

/** GET /admin/items/:id/who: who got an item, and at which step every other reader fell out. */
export function itemWhoRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/items/:id/who', async (c) => {
    const id = pathId(c, 'id')
    const item = id === undefined ? undefined : await findItem(app.db, id)
    if (!item) return c.notFound()
    const steps = (await countItemSteps(app.db, await askedItem(app, item.id))).map(({ step, count, sample }) => ({
      step,
      count,
      meaning: stepWords[step],
      sample: sample.map(shownAddress),
      isCut: count > sample.length,
    }))
    return page(c, app, 'admin/item-who', {
      title: 'Who got this report',
      section: 'feeds',
      wide: true,
      id: item.id,
      report: item.title || 'Untitled report',
      withheld: item.withheld,
      steps,
    })
  })
  return web
}
