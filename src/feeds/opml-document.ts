import { Parser } from 'htmlparser2'

/** A feed in an OPML file, with the names of the folders that it stands in. */
export type Outline = { url: string; title: string; folder: string | null }

/** The feeds of an OPML file, each once; folders within folders are joined by " / ". Empty when it is none. */
export function readOpml(text: string): Outline[] {
  const found = new Map<string, Outline>()
  /** The folders around each open outline, as one name; null outside of all. */
  const around: (string | null)[] = []
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag.toLowerCase() !== 'outline') return
        const named = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value.trim()]))
        const url = named.get('xmlurl')
        const title = named.get('text') || named.get('title') || ''
        const folder = around.at(-1) ?? null
        if (url && !found.has(url)) found.set(url, { url, title, folder })
        around.push(url ? folder : within(folder, title, around.length))
      },
      onclosetag(tag) {
        if (tag.toLowerCase() === 'outline') around.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return [...found.values()]
}

const deepest = 10

/** Folders that are deeper than people make them add nothing to the name: a file of nothing else would grow without end. */
function within(folder: string | null, title: string, depth: number): string | null {
  if (!title || depth >= deepest) return folder
  return folder ? `${folder} / ${title}` : title
}

/** The same as OPML 2.0. */
export function writeOpml(feeds: (Outline & { site?: string | null })[]): string {
  const folders = [...new Set(feeds.map(({ folder }) => folder))]
  const lines = folders.flatMap((folder) => {
    const inside = feeds.filter((feed) => feed.folder === folder).map(outline)
    return folder
      ? [`    <outline text="${escaped(folder)}">`, ...inside.map((line) => `  ${line}`), '    </outline>']
      : inside
  })
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds of Sitrep</title></head>\n  <body>'
  return `${[head, ...lines].join('\n')}\n  </body>\n</opml>\n`
}

function outline({ url, title, site }: Outline & { site?: string | null }): string {
  const page = site ? ` htmlUrl="${escaped(site)}"` : ''
  return `    <outline type="rss" text="${escaped(title)}" xmlUrl="${escaped(url)}"${page}/>`
}

const escaped = (text: string) => text.replace(/[&<>"\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
