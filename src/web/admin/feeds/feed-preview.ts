import { z } from 'zod'
import type { App } from '../../../app.ts'
import { foreign } from '../../../editions/mail/mail-source.ts'
import type { FeedPreview, PreviewItem, PreviewReading } from '../../../feeds/preview-feed.ts'
import { type FeedLook, lookAtFeed } from '../../../feeds/preview-feed.ts'
import { formatRate } from '../../../feeds/rules/publishing-pattern.ts'
import { folderNames } from '../../../feeds/store/feed-views.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'
import { sourceLabel } from '../../../reading/rules/source-label.ts'
import { type Routes, routes, type WebContext } from '../../context.ts'
import { catchUserError, page } from '../../page.ts'
import { parseSent, readForm } from '../../request.ts'
import { showFeeds } from './feeds.ts'

/** How long a page waits for the server of a feed: a proxy in front of us waits a minute for an answer. */
export const lookTimeoutMs = 25_000
const readItems = 3
const maxTakeaways = 5

const urlSchema = z.string().trim().min(1, 'Enter the URL of a feed, or of a page that links to one.')

/** POST /admin/feeds/look fetches an address and shows its feed; nothing is stored, and a GET fetches nothing. */
export function feedPreviewRoutes(app: App): Routes {
  const web = routes()
  web.get('/admin/feeds/look', (c) => c.redirect('/admin/feeds', 303))
  web.post('/admin/feeds/look', async (c) => {
    const form = await readForm(c)
    const url = form.text('url').trim()
    const act = async () => {
      const from = form.text('page')
      const options = { read: readItems, signal: AbortSignal.timeout(lookTimeoutMs), asked: from || undefined }
      const look = await lookAtFeed(app, parseSent(urlSchema, url), options)
      return showPreview(c, app, look, { url, from })
    }
    return catchUserError(act, (problem) => showFeeds(c, app, { url, problem }))
  })
  return web
}

/** `url` was entered; `from` is the page whose other feeds led here, or empty. */
async function showPreview(c: WebContext, app: App, look: FeedLook, { url, from }: { url: string; from: string }) {
  const others = look.kind === 'unreachable' ? [] : look.others
  const view = {
    title: headingOf(look),
    section: 'feeds',
    wide: true,
    kind: look.kind,
    asked: url,
    from,
    others: others.map((one) => ({ url: one.url, title: shorten(one.title, 120) })),
    folders: await folderNames(app.db),
    ...lookView(look),
  }
  return page(c, app, 'admin/feed-preview', view, look.kind === 'polled' ? 409 : 200)
}

function headingOf(look: FeedLook): string {
  if (look.kind === 'polled') return 'This feed is already in the list'
  if (look.kind === 'unreachable') return 'This feed could not be fetched'
  return shorten(look.preview.title, 200) || 'Untitled feed'
}

function lookView(look: FeedLook) {
  const none = { feed: null, url: null, before: null, reason: null, protected: false, preview: null }
  if (look.kind === 'polled') {
    const { id, title, url } = look.feed
    return { ...none, feed: { id, title: shorten(title || url, 120) } }
  }
  const found = { ...none, url: look.url, before: look.before ? { id: look.before.id } : null }
  return look.kind === 'unreachable'
    ? { ...found, reason: look.reason, protected: look.isProtected }
    : { ...found, preview: previewView(look.preview) }
}

function previewView({ site, language, entries, pattern, newest }: FeedPreview) {
  return {
    site: outwardLink(site),
    lang: foreign(language),
    entries,
    rate: pattern && formatRate(pattern),
    newest: newest.map(previewItemView),
  }
}

function previewItemView({ title, url, published, reading }: PreviewItem) {
  return {
    title: shorten(title, 200) || 'Untitled entry',
    link: outwardLink(url),
    at: published ? formatUtc(published) : 'no date',
    reading: reading ? readingView(reading) : null,
  }
}

function readingView(reading: PreviewReading) {
  if (reading.kind === 'unreadable')
    return { summary: `This entry could not be read: ${reading.reason}.`, takeaways: [] }
  const { takeaways } = reading
  const shown = takeaways.slice(0, maxTakeaways)
  return {
    summary: summaryOf(takeaways.length, shown.length),
    takeaways: shown.map(({ kind, text, topics }) => ({
      text: shorten(text, 600),
      source: sourceLabel({ kind, text }),
      topics: topics.map(({ name }) => name),
    })),
  }
}

function summaryOf(found: number, shown: number): string {
  if (!found) return 'No takeaway was found. If the feed has only summaries, add it and turn on “Fetch full texts”.'
  const counted = `This entry has ${plural(found, 'takeaway')}`
  return found > shown ? `${counted}. The first ${shown} are:` : `${counted}:`
}
