import { boundedLine } from '../platform/text/html-to-text.ts'

/** A feed in one form for all formats; dates are ISO 8601 in UTC, links are absolute, HTML is sanitised. */
export type FeedDocument = {
  title: string
  url: string | null
  language: string | null
  /** The least time between two polls that the feed asks for, in seconds. */
  minIntervalS: number | null
  /** Hours (UTC) and weekdays (1 is Monday) in which the feed asks not to be polled. */
  skipHours: number[]
  skipDays: number[]
  /** The hub that pushes the feed's changes (WebSub), and the feed's own address there. */
  hub: { url: string; topic: string } | null
  items: FeedItem[]
}

/**
 * One entry. `key` identifies it within its feed: its Atom id or RSS guid, else its link, else a hash of its content.
 */
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

/** Maximum lengths in UTF-16 units. A longer key is hashed, a longer address is dropped, all other fields are cut. */
export const maxLength = { title: 500, author: 300, category: 200, key: 500, url: 4000, html: 1_000_000 }
const maxCategories = 50

/** Cuts an entry to sizes that lists and mails can show. */
export function boundItem(item: FeedItem): { item: FeedItem; isCut: boolean } {
  const isCut = isTooLong(item)
  return { item: isCut ? cut(item) : item, isCut }
}

function isTooLong({ title, author, url, categories, content, summary }: FeedItem): boolean {
  return (
    title.length > maxLength.title ||
    (author?.length ?? 0) > maxLength.author ||
    (url?.length ?? 0) > maxLength.url ||
    (content?.length ?? 0) > maxLength.html ||
    (summary?.length ?? 0) > maxLength.html ||
    categories.length > maxCategories ||
    categories.some(({ length }) => length > maxLength.category)
  )
}

function cut(item: FeedItem): FeedItem {
  const categories = item.categories.slice(0, maxCategories).map((name) => boundedLine(name, maxLength.category))
  return {
    ...item,
    title: boundedLine(item.title, maxLength.title),
    author: item.author && boundedLine(item.author, maxLength.author),
    url: (item.url?.length ?? 0) > maxLength.url ? null : item.url,
    content: item.content && cutHtml(item.content),
    summary: item.summary && cutHtml(item.summary),
    categories: [...new Set(categories)],
  }
}

/** Cuts HTML to its maximum length, without half a tag at its end. */
function cutHtml(html: string): string {
  const kept = html.slice(0, maxLength.html)
  return html.length > kept.length && kept.lastIndexOf('<') > kept.lastIndexOf('>')
    ? kept.slice(0, kept.lastIndexOf('<'))
    : kept
}
