import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { App } from '../../../app.ts'
import { exportOpml, type Imported, importOpml } from '../../../feeds/opml.ts'
import { decodeFeed } from '../../../parsing/encodings/decode.ts'
import { UserError } from '../../../platform/user-error.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { readForm } from '../../form.ts'
import { page } from '../../page.ts'
import { showFeeds } from './feeds.ts'

const path = '/admin/feeds/import'
const largestFile = 1_000_000
/** The file and what a browser puts around it. */
const largestForm = largestFile + 10_000
const mostFeeds = 500
/** A proxy in front of us waits a minute; what was not looked at by then is added without a look. */
const patienceMs = 25_000

const tooLarge = 'This file is too large. An OPML file may have at most 1 MB.'
const fileSchema = z.file('Choose an OPML file first.').min(1, 'Choose an OPML file first.').max(largestFile, tooLarge)

/** A file is larger than other forms. */
export const isImport = (address: string): boolean => address === path

/** POST /admin/feeds/import takes an OPML file and reports what became of each feed; GET /admin/feeds/export.opml gives one. */
export function opmlRoutes(app: App): Routes {
  const web = routes()
  web.get(path, (c) => c.redirect('/admin/feeds', 303))
  const limited = bodyLimit({ maxSize: largestForm, onError: (c) => c.text(tooLarge, 413) })
  web.post(path, limited, async (c) => {
    const file = fileSchema.safeParse((await readForm(c)).file('file'))
    if (!file.success) return showFeeds(c, app, { fileProblem: file.error.issues[0]!.message })
    try {
      const options = { most: mostFeeds, signal: AbortSignal.timeout(patienceMs) }
      const actor = `admin:${c.get('admin').id}`
      return showReport(c, app, await importOpml(app, await textOf(file.data), actor, options))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return showFeeds(c, app, { fileProblem: error.message })
    }
  })
  web.get('/admin/feeds/export.opml', async (c) =>
    c.body(await exportOpml(app), 200, {
      'Content-Type': 'text/x-opml; charset=utf-8',
      'Content-Disposition': 'attachment; filename="sitrep-feeds.opml"',
    }),
  )
  return web
}

const textOf = async (file: File) => decodeFeed(new Uint8Array(await file.arrayBuffer())).text

function showReport(c: WebContext, app: App, results: Imported[]): Promise<Response> {
  const feeds = (['failed', 'added', 'known'] as const).map((kind) => ({
    ...{ kind, label: labels[kind] },
    rows: results
      .filter((one) => one.kind === kind)
      .map(({ url, feed, note }) => ({ url: url.slice(0, 500), id: feed ?? null, note: noteOf(kind, note) })),
  }))
  return page(c, app, 'admin/feeds-import', { title: 'Import report', section: 'feeds', wide: true, groups: feeds })
}

const labels = { failed: 'Not added', added: 'Added', known: 'Already known' }

function noteOf(kind: Imported['kind'], note?: string): string {
  if (!note) return ''
  return kind === 'failed' ? note : `The feed could not be fetched: ${note}. Sitrep will try again later.`
}
