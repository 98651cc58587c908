import type { App } from '../../app.ts'
import { entryOf } from '../../feeds/rules/feed-entry.ts'
import { insertFeed, updateFeedSettings } from '../../feeds/store/feeds.ts'
import { changesIn, saveChanges } from '../../feeds/store/items.ts'
import { findKnownItems } from '../../feeds/store/known-items.ts'
import { sanitiseHtml } from '../../parsing/sanitise.ts'
import type { Source } from '../../reading/rules/types.ts'
import type { ReaderPool } from '../../threads/pool.ts'
import type { ReplayReport } from './report-line.ts'

/**
 * The reports of a replay: their feeds, the saving of each as a poll saves it, and a reader that knows the texts that are no
 * HTML. `reportOf` is the id of the report that a saved revision came from.
 */
export type Library = {
  reader: ReaderPool
  addFeeds(app: App, reports: ReplayReport[]): Promise<void>
  save(app: App, report: ReplayReport): Promise<void>
  reportOf(revision: SavedRevision): string
  feedOf(url: string): string
}

type SavedRevision = { feed: string; key: string; content_hash: string }

/** Opens a library whose reports are read by the threads of `pool`. */
export function openLibrary(pool: ReaderPool): Library {
  const feeds = new Map<string, { id: number; url: string }>()
  const forms = new Map<string, { markdown: string } | { text: string }>()
  const keys = new Map<string, string>()
  const reports = new Map<string, string>()
  return {
    reader: {
      ...pool,
      read: (source, rules) => pool.read(inOwnForm(source, forms), rules),
    },
    async addFeeds(app, all) {
      for (const { feed, feedTitle, language, publisher, digestOnly } of all) {
        if (feeds.has(feed)) continue
        const url = urlOf(feed)
        const added = await insertFeed(app.db, { url, title: feedTitle ?? feed, now: app.now() })
        if (!added) continue
        await updateFeedSettings(app.db, added.id, { publisher: publisher ?? feed, digestOnly: digestOnly ?? false })
        if (language) await app.db.updateTable('feeds').set({ language }).where('id', '=', added.id).execute()
        feeds.set(feed, { id: added.id, url })
      }
    },
    async save(app, report) {
      const feed = feeds.get(report.feed)?.id
      if (feed === undefined) throw new Error(`The feed ${report.feed} was not added.`)
      const key = (report.revises === undefined ? undefined : keys.get(report.revises)) ?? report.id
      keys.set(report.id, key)
      const { html, form } = contentOf(report)
      if (form) forms.set(html, form)
      const entry = entryOf(itemOf(report, key, html), { now: app.now() })
      const kept = await findKnownItems(app.db, [{ feed, entries: [entry], trustsKeys: true }])
      await saveChanges(app.db, [{ feed, changes: changesIn([entry], kept.get(feed)), held: false }], app.now())
      reports.set(nameOf({ feed: urlOf(report.feed), key, content_hash: entry.contentHash }), report.id)
    },
    reportOf: (revision) => reports.get(nameOf(revision)) ?? revision.key,
    feedOf: (url) => [...feeds].find(([, feed]) => feed.url === url)?.[0] ?? url,
  }
}

/** The source of a stand-in in the form that its report has. */
function inOwnForm(source: Source, forms: Map<string, { markdown: string } | { text: string }>): Source {
  const form = 'html' in source ? forms.get(source.html) : undefined
  return form ? { title: source.title, url: source.url, language: source.language, ...form } : source
}

const nameOf = ({ feed, key, content_hash }: SavedRevision) => JSON.stringify([feed, key, content_hash])

/** A key of a feed may be any text; an address of a feed is one. */
const urlOf = (feed: string) => `https://replay.invalid/${encodeURIComponent(feed)}`

function itemOf({ title, url, published }: ReplayReport, key: string, html: string) {
  const at = published.toString()
  const none = { updated: null, author: null, summary: null, categories: [] }
  return { ...none, key, title: title ?? '', url: url ?? null, published: at, content: html }
}

/** The HTML of a report; for a text in another form, a stand-in that is unique to it. */
function contentOf({ html, markdown, text, url }: ReplayReport): {
  html: string
  form?: { markdown: string } | { text: string }
} {
  if (html) return { html: sanitiseHtml(html, url) }
  if (markdown) return { html: markdown, form: { markdown } }
  return { html: text ?? '', form: { text: text ?? '' } }
}
