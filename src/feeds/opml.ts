import type { App } from '../app.ts'
import { BoundedParser } from '../platform/text/bounded-parser.ts'
import { xmlCharacters } from '../platform/text/escape-html.ts'
import { UserError } from '../platform/user-error.ts'
import { discoverFeed } from './discover.ts'
import { addFeed } from './manage-feeds.ts'
import { listFeeds } from './store/feed-views.ts'

/** What became of one outline of an OPML file. `feed` is the id; `note` says why the feed failed, or is unreachable now. */
export type Imported = { url: string; kind: 'added' | 'known' | 'failed'; feed?: number; note?: string }

type ImportOptions = { onProgress?: (count: number, of: number) => void; maxFeeds?: number; signal?: AbortSignal }

const maxConcurrent = 8

/**
 * Adds the feeds of an OPML file, each after it was discovered; a feed that fails does not stop the rest. `onProgress` is
 * called after each. When `signal` is aborted, the rest is added without discovery.
 * @throws UserError when the text is no OPML, or names no feed or more than `maxFeeds`
 */
export async function importOpml(
  app: App,
  text: string,
  actor: string,
  { onProgress, maxFeeds = Number.POSITIVE_INFINITY, signal }: ImportOptions = {},
): Promise<Imported[]> {
  const outlines = readOpml(text)
  if (!outlines.length)
    throw new UserError('This file has no feed. An OPML file lists feeds as <outline xmlUrl="...">.')
  if (outlines.length > maxFeeds)
    throw new UserError(
      `This file has ${outlines.length} feeds. This page takes at most ${maxFeeds}. Use \`sitrep feeds import FILE\`.`,
    )
  const results: Imported[] = []
  let done = 0
  const queue = [...outlines.entries()]
  const importNext = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [n, outline] = next
      results[n] = await importOne(app, outline, actor, signal)
      onProgress?.(++done, outlines.length)
    }
  }
  await Promise.all(Array.from({ length: maxConcurrent }, importNext))
  return results
}

/** An unreachable feed is added all the same: it may work tomorrow, and its health shows the failure until then. */
async function importOne(
  app: App,
  { url, folder }: Outline,
  actor: string,
  signal: AbortSignal | undefined,
): Promise<Imported> {
  try {
    const found = await discoverFeed(app, url, signal)
    const { kind, feed } = await addFeed(app, found.url, actor, { folder, asked: url })
    return { url: found.url, kind, feed: feed.id, ...(found.kind === 'unreachable' && { note: found.reason }) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { url, kind: 'failed', note: error.message }
  }
}

/** All feeds that are not gone, as OPML 2.0, in their folders. */
export async function exportOpml(app: App): Promise<string> {
  const feeds = (await listFeeds(app.db)).filter(({ state }) => state !== 'gone')
  return writeOpml(feeds.map(({ url, title, site_url: site, folder }) => ({ url, title: title || url, site, folder })))
}

/** A feed in an OPML file, with its folder. */
export type Outline = { url: string; title: string; folder: string | null }

/** Reads the feeds of an OPML file, each once. Folders within folders are joined by " / ". Empty when it is no OPML. */
export function readOpml(text: string): Outline[] {
  const found = new Map<string, Outline>()
  /** The folder of each open outline; null outside of all folders. */
  const openFolders: (string | null)[] = []
  const parser = new BoundedParser(
    {
      onopentag(tag, attributes) {
        if (tag.toLowerCase() !== 'outline') return
        const named = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value.trim()]))
        const url = named.get('xmlurl')
        const title = named.get('text') || named.get('title') || ''
        const folder = openFolders.at(-1) ?? null
        if (url && !found.has(url)) found.set(url, { url, title, folder })
        openFolders.push(url ? folder : subfolder(folder, title, openFolders.length))
      },
      onclosetag(tag) {
        if (tag.toLowerCase() === 'outline') openFolders.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return [...found.values()]
}

/** Deeper folders add nothing to the name, so that a hostile file cannot make names grow without end. */
const maxDepth = 10

function subfolder(folder: string | null, title: string, depth: number): string | null {
  if (!title || depth >= maxDepth) return folder
  return folder ? `${folder} / ${title}` : title
}

/** Writes feeds as OPML 2.0. */
export function writeOpml(feeds: (Outline & { site?: string | null })[]): string {
  const folders = [...new Set(feeds.map(({ folder }) => folder))]
  const lines = folders.flatMap((folder) => {
    const outlines = feeds.filter((feed) => feed.folder === folder).map(outlineXml)
    return folder
      ? [`    <outline text="${escaped(folder)}">`, ...outlines.map((line) => `  ${line}`), '    </outline>']
      : outlines
  })
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds of Sitrep</title></head>\n  <body>'
  return `${[head, ...lines].join('\n')}\n  </body>\n</opml>\n`
}

function outlineXml({ url, title, site }: Outline & { site?: string | null }): string {
  const page = site ? ` htmlUrl="${escaped(site)}"` : ''
  return `    <outline type="rss" text="${escaped(title)}" xmlUrl="${escaped(url)}"${page}/>`
}

const escaped = (text: string) =>
  xmlCharacters(text).replace(/[&<>"\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
