import type { App } from '../app.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import type { Unread } from './store/revisions.ts'

/**
 * The text of an item: `found` on its page; `given` by its feed; `failed`, because the page could not be fetched, and
 * worth another attempt.
 */
type FullText = { kind: 'found'; html: string } | { kind: 'given' } | { kind: 'failed'; reason: string }

/** A longer text of a feed, in characters without markup, is the full text of its item. */
const maxSummaryLength = 2_000

/** Fetches the article of an item's page where its feed is set to full text and gives only a summary. */
export async function fullText(app: App, item: Unread, signal?: AbortSignal): Promise<FullText> {
  const address = outwardLink(item.url)
  const givenLength = textLength(item.html)
  if (!item.full_text || !address || givenLength > maxSummaryLength) return { kind: 'given' }
  const outcome = await app.fetcher.get(address, { accept: 'text/html, application/xhtml+xml', signal })
  if (outcome.kind === 'refused' || outcome.kind === 'not-modified') return { kind: 'given' }
  if (outcome.kind === 'failed') return { kind: 'failed', reason: `its page could not be fetched: ${outcome.reason}` }
  const { body, url, headers } = outcome
  const article = await app.reader.article({ body, url, contentType: headers.contentType })
  if (article.kind === 'unreadable' || !article.html || textLength(article.html) <= givenLength)
    return { kind: 'given' }
  return { kind: 'found', html: article.html }
}

function textLength(html: string): number {
  return html.replace(/<[^<>]*>/g, '').trim().length
}
