import { boundedLine } from '../platform/text/html-to-text.ts'

/** A feed as its publisher meant it, whatever its format; dates are ISO 8601 UTC, links absolute, HTML sanitised. */
export type FeedDocument = {
  title: string
  url: string | null
  language: string | null
  /** What the feed asks of its readers: the least time between two polls, in seconds. */
  minIntervalS: number | null
  /** Hours (UTC) and weekdays (1 is Monday) in which it wants to be left alone. */
  skipHours: number[]
  skipDays: number[]
  /** Where it offers to push (WebSub), and under which address the hub knows it. */
  hub: { url: string; topic: string } | null
  items: FeedItem[]
}

/** One entry. `key` is its identity within the feed: Atom id or RSS guid, else link, else a hash of title and content. */
export type FeedItem = {
  key: string
  title: string
  url: string | null
  published: string | null
  updated: string | null
  author: string | null
  summary: string | null
  content: string | null
  categories: string[]
}

/** In characters; longer keys are hashed, longer addresses lead nowhere, the rest is cut. */
export const longest = { title: 500, author: 300, category: 200, key: 500, url: 4000, words: 1_000_000 }
const mostCategories = 50

/** Keeps an entry to a size that lists and mails can show, and that nobody has to wait for. */
export function boundItem(item: FeedItem): { item: FeedItem; isCut: boolean } {
  const { title, author, url, categories, content, summary } = item
  const isCut =
    title.length > longest.title ||
    (author?.length ?? 0) > longest.author ||
    (url?.length ?? 0) > longest.url ||
    (content?.length ?? 0) > longest.words ||
    (summary?.length ?? 0) > longest.words ||
    categories.length > mostCategories ||
    categories.some(({ length }) => length > longest.category)
  return { item: isCut ? cut(item) : item, isCut }
}

function cut(item: FeedItem): FeedItem {
  const categories = item.categories.slice(0, mostCategories).map((name) => boundedLine(name, longest.category))
  return {
    ...item,
    title: boundedLine(item.title, longest.title),
    author: item.author && boundedLine(item.author, longest.author),
    url: (item.url?.length ?? 0) > longest.url ? null : item.url,
    content: item.content && firstOf(item.content),
    summary: item.summary && firstOf(item.summary),
    categories: [...new Set(categories)],
  }
}

/** As many letters as are kept, and no half tag at the end. */
function firstOf(html: string): string {
  const kept = html.slice(0, longest.words)
  return html.length > kept.length && kept.lastIndexOf('<') > kept.lastIndexOf('>')
    ? kept.slice(0, kept.lastIndexOf('<'))
    : kept
}
