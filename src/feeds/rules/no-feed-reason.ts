import type { PageFacts } from '../../parsing/page-facts.ts'
import { shownUrl } from '../../platform/text/shown-url.ts'

/** A document that is no feed: why, and what its page says if it is one. */
type NoFeed = { reason: string; page?: PageFacts | undefined }

/** The feed as it was asked for, and whether it was ever read. */
type Asked = { url: string; last_success_at?: Temporal.Instant | null }

/**
 * Why no feed was found at an address, in sentences for an admin. Of a page it gives the title, the address if redirects led
 * there, and the feed that the page names.
 * @param foundAt the address of the document, after redirects
 */
export function noFeedReason({ reason, page }: NoFeed, foundAt: string, asked: Asked): string {
  if (!page) return reason
  const what = asked.last_success_at ? 'the address leads to a web page now, not to a feed' : reason
  const where = isSamePlace(foundAt, asked.url) ? '' : `at ${shownUrl(foundAt)}`
  const named = [page.title && `"${page.title}"`, where].filter(Boolean).join(' ')
  return [named ? `${what}: ${named}` : what, adviceOn(page, asked.url)].filter(Boolean).join('. ')
}

function adviceOn({ feeds, refresh, asksLogin }: PageFacts, askedUrl: string): string {
  const named = feeds.find(({ url }) => !isSamePlace(url, askedUrl))?.url
  if (named) return `The page names the feed ${shownUrl(named)}`
  if (refresh && !isSamePlace(refresh, askedUrl)) return `The page leads on to ${shownUrl(refresh)}`
  return asksLogin ? 'The page asks for a login' : ''
}

/** Whether two addresses differ in scheme, www. or a slash at most. */
const isSamePlace = (one: string, other: string) => bare(one) === bare(other)
const bare = (url: string) => url.replace(/^https?:\/\/(?:www\.)?|[/#]+$/gi, '')
