import type { App } from '../app.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import type { Unread } from './store/revisions.ts'

/** Where the text of an item is: its page, its feed (`given`), or its page at a later time. */
export type FullText = { kind: 'found'; html: string } | { kind: 'given' } | { kind: 'failed'; reason: string }

/** A feed that gives more of an item than this, in letters without markup, gives the whole. */
const longestSummary = 2_000

/** The article of an item's own page, where its feed is set to full text and gives a summary only. */
export async function fullText(app: App, item: Unread, signal?: AbortSignal): Promise<FullText> {
  const address = outwardLink(item.url)
  const given = lettersIn(item.html)
  if (!item.full_text || !address || given > longestSummary) return { kind: 'given' }
  const outcome = await app.fetcher.get(address, { accept: 'text/html, application/xhtml+xml', signal })
  if (outcome.kind === 'refused' || outcome.kind === 'not-modified') return { kind: 'given' }
  if (outcome.kind === 'failed') return { kind: 'failed', reason: `its page cannot be had: ${outcome.reason}` }
  const { body, url, headers } = outcome
  const article = await app.reader.article({ body, url, contentType: headers.contentType })
  if (article.kind === 'unreadable' || !article.html || lettersIn(article.html) <= given) return { kind: 'given' }
  return { kind: 'found', html: article.html }
}

function lettersIn(html: string): number {
  return html.replace(/<[^<>]*>/g, '').trim().length
}
