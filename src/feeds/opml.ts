import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { discoverFeed } from './discover.ts'
import { addFeed } from './manage-feeds.ts'
import { readOpml, writeOpml } from './opml-document.ts'
import { listFeeds } from './store/feed-views.ts'

/** What became of one line of an OPML file, and which feed it is; `note` says why it was not added, or what is wrong with it. */
export type Imported = { url: string; kind: 'added' | 'known' | 'failed'; feed?: number; note?: string }

type ImportOptions = { done?: (count: number, of: number) => void; most?: number; signal?: AbortSignal }

const atOnce = 8

/**
 * Adds the feeds of an OPML file, each looked at first; one that cannot be added does not stop the rest. `done` is told
 * after each. After `signal` the rest is added without a look.
 * @throws UsageError when the text is no OPML, or names no feed or more than `most`
 */
export async function importOpml(
  app: App,
  text: string,
  actor: string,
  { done = () => {}, most = Number.POSITIVE_INFINITY, signal }: ImportOptions = {},
): Promise<Imported[]> {
  const outlines = readOpml(text)
  if (!outlines.length)
    throw new UserError('This file names no feed: an OPML file lists them as <outline xmlUrl="...">.')
  if (outlines.length > most)
    throw new UserError(
      `This file names ${outlines.length} feeds, and at most ${most} are taken here; \`sitrep feeds import\` takes more.`,
    )
  const results: Imported[] = []
  const queue = [...outlines.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [n, { url, folder }] = next
      results[n] = await importOne(app, url, folder, actor, signal)
      done(results.filter(Boolean).length, outlines.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

/** All feeds that are polled, as OPML 2.0, in their folders. */
export async function exportOpml(app: App): Promise<string> {
  const feeds = (await listFeeds(app.db)).filter(({ state }) => state !== 'gone')
  return writeOpml(feeds.map(({ url, title, site_url: site, folder }) => ({ url, title: title || url, site, folder })))
}

/** A feed that is out of reach now is added all the same: it may be back tomorrow, and its health says so until then. */
async function importOne(
  app: App,
  url: string,
  folder: string | null,
  actor: string,
  signal?: AbortSignal,
): Promise<Imported> {
  try {
    const found = await discoverFeed(app, url, signal)
    const { kind, feed } = await addFeed(app, found.url, actor, folder)
    return { url: found.url, kind, feed: feed.id, ...(found.kind === 'unreachable' && { note: found.reason }) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { url, kind: 'failed', note: error.message }
  }
}
