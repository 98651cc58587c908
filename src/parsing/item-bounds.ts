import { boundedLine } from '../platform/text/html-to-text.ts'
import type { FeedItem } from './feed-document.ts'

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
