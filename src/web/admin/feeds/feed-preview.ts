import { z } from 'zod'
import type { App } from '../../../app.ts'
import { type FeedLook, lookAtFeed } from '../../../feeds/look-at-feed.ts'
import { folderNames } from '../../../feeds/store/feed-views.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { UserError } from '../../../platform/user-error.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { readForm } from '../../form.ts'
import { page } from '../../page.ts'
import { previewView } from './feed-preview.ts'
import { showFeeds } from './feeds.ts'

/** A proxy in front of us waits a minute for an answer. */
const patienceMs = 25_000
const readItems = 3

const addressSchema = z.string().trim().min(1, 'Enter the address of a feed, or of a page that links to one.')

/** POST /admin/feeds/look fetches an address and shows what is there; nothing is kept, and a GET fetches nothing. */
export function feedLookRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds/look', (c) => c.redirect('/admin/feeds', 303))
  web.post('/admin/feeds/look', async (c) => {
    const form = await readForm(c)
    const url = addressSchema.safeParse(form.text('url'))
    if (!url.success) return showFeeds(c, app, { problem: url.error.issues[0]!.message })
    try {
      const look = await lookAtFeed(app, url.data, { read: readItems, signal: AbortSignal.timeout(patienceMs) })
      return showLook(c, app, look, { asked: url.data, page: form.text('page') })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return showFeeds(c, app, { url: url.data, problem: error.message })
    }
  })
  return web
}

/** `page` is the address whose other feeds led here; empty when the admin entered this one. */
async function showLook(
  c: WebContext,
  app: App,
  look: FeedLook,
  { asked, page: from }: { asked: string; page: string },
) {
  const view = {
    ...{ title: titleOf(look), section: 'feeds', wide: true, kind: look.kind, asked, from },
    ...{ feed: null, url: null, preview: null, reason: null, before: null },
    others: (look.kind === 'unreachable' ? [] : look.others).map((one) => ({ ...one, title: shorten(one.title, 120) })),
    folders: await folderNames(app.db),
    ...detailsOf(look),
  }
  return page(c, app, 'admin/feed-look', view, look.kind === 'polled' ? 409 : 200)
}

function titleOf(look: FeedLook): string {
  if (look.kind === 'polled') return 'This feed is polled already'
  if (look.kind === 'unreachable') return 'This feed could not be fetched'
  return shorten(look.preview.title, 200) || 'Untitled feed'
}

function detailsOf(look: FeedLook) {
  if (look.kind === 'polled') {
    const { id, title, url } = look.feed
    return { feed: { id, title: shorten(title || url, 120) } }
  }
  const { url, before } = look
  const stopped = before ? { id: before.id } : null
  return look.kind === 'unreachable'
    ? { url, before: stopped, reason: look.reason }
    : { url, before: stopped, preview: previewView(look.preview) }
}
