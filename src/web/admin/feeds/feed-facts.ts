import { formatRate } from '../../../feeds/rules/format-rate.ts'
import type { Feed } from '../../../feeds/store/feeds.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'

/** What is known of a feed, as the page lists it; what is not known is left out. */
export function feedFacts(feed: Feed): { name: string; value: string; link: string | null }[] {
  const facts: [name: string, value: string | null, link?: string | null][] = [
    ['Address', feed.url, outwardLink(feed.url)],
    ['Website', feed.site_url, outwardLink(feed.site_url)],
    ['Moving to', feed.moving_to, outwardLink(feed.moving_to)],
    ['Language', feed.language],
    ['Publishes', feed.publishing_pattern && `about ${formatRate(feed.publishing_pattern)}`],
    ['Last poll', moment(feed.last_polled_at)],
    ['Last success', moment(feed.last_success_at)],
    ['Last new item', moment(feed.last_item_at)],
    ['Failing since', moment(feed.failing_since)],
    ['Added', moment(feed.added_at)],
  ]
  return facts.flatMap(([name, value, link = null]) => (value ? { name, value, link } : []))
}

const moment = (at: Temporal.Instant | null) => at && formatUtc(at)
