import type { FeedDocument } from '../../src/parsing/feed-document.ts'
import { parseFeed } from '../../src/parsing/parse-feed.ts'

/** The document of a feed and its repairs; throws where the text is no feed. */
export async function parse(
  text: string,
  url = 'https://example.org/feeds/all.xml',
): Promise<FeedDocument & { repairs: string[] }> {
  const outcome = await parseFeed(Buffer.from(text), { url })
  if (outcome.kind === 'unreadable') throw new Error(outcome.reason)
  return { ...outcome.document, repairs: outcome.repairs }
}

/** An RSS feed of these items. */
export const rss = (items: string, head = '', root = '') =>
  `<?xml version="1.0"?><rss version="2.0" ${root}><channel><title>Desk</title><link>https://example.org/</link>${head}${items}</channel></rss>`
/** An Atom feed of these entries. */
export const atom = (entries: string, root = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${root}><title>Centre</title><link href="https://example.org/"/>${entries}</feed>`
