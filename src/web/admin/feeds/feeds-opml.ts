import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { App } from '../../../app.ts'
import { exportOpml, type Imported, importOpml } from '../../../feeds/opml.ts'
import { decodeFeed } from '../../../parsing/encodings/decode.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { parseSent, readForm } from '../../request.ts'
import { actorOf } from '../system/session.ts'
import { showFeeds } from './feeds.ts'

const importPath = '/admin/feeds/import'
const maxFileBytes = 1_000_000
/** The file and the parts of the form around it. */
const maxFormBytes = maxFileBytes + 10_000
const maxFeeds = 500
/** A proxy in front of us waits a minute. A feed that is not fetched by then is added without a check. */
const timeoutMs = 25_000

const tooLarge = 'This file is too large. An OPML file may have at most 1 MB.'
const fileSchema = z.file('Choose an OPML file first.').min(1, 'Choose an OPML file first.').max(maxFileBytes, tooLarge)

/** True for the path of the import, whose form may be larger than others. */
export const isImport = (path: string): boolean => path === importPath

/** POST /admin/feeds/import adds the feeds of an OPML file and reports on each; GET /admin/feeds/export.opml writes one. */
export function opmlRoutes(app: App): Routes {
  const web = routes()
  web.get(importPath, (c) => c.redirect('/admin/feeds', 303))
  const limitForm = bodyLimit({ maxSize: maxFormBytes, onError: (c) => c.text(tooLarge, 413) })
  web.post(importPath, limitForm, async (c) => {
    const form = await readForm(c)
    const act = async () => {
      const text = await textOf(parseSent(fileSchema, form.file('file')))
      const options = { maxFeeds, signal: AbortSignal.timeout(timeoutMs) }
      return showReport(c, app, await importOpml(app, text, actorOf(c), options))
    }
    return catchUserError(act, (fileProblem) => showFeeds(c, app, { fileProblem }))
  })
  web.get('/admin/feeds/export.opml', async (c) =>
    c.body(await exportOpml(app), 200, {
      'Content-Type': 'text/x-opml; charset=utf-8',
      'Content-Disposition': 'attachment; filename="sitrep-feeds.opml"',
    }),
  )
  return web
}

const textOf = async (file: File) => (await decodeFeed(new Uint8Array(await file.arrayBuffer()))).text

function showReport(c: WebContext, app: App, results: Imported[]): Promise<Response> {
  const groups = (['failed', 'added', 'known'] as const).map((kind) => ({
    kind,
    label: labels[kind],
    rows: results.filter((one) => one.kind === kind).map(rowView),
  }))
  return page(c, app, 'admin/feeds-import', { title: 'Import result', section: 'feeds', wide: true, groups })
}

const labels = { failed: 'Not added', added: 'Added', known: 'Already in the list' }

function rowView({ kind, url, feed, note }: Imported) {
  return { url: url.slice(0, 500), id: feed ?? null, note: note ? noteOf(kind, note) : '' }
}

function noteOf(kind: Imported['kind'], note: string): string {
  return kind === 'failed' ? note : `The feed could not be fetched: ${note}. Sitrep will try again.`
}
