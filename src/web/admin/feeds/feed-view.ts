import { formatRate } from '../../../feeds/rules/publishing-pattern.ts'
import type { LatestItem } from '../../../feeds/store/feed-views.ts'
import type { Feed } from '../../../feeds/store/feeds.ts'
import type { HeldReports } from '../../../feeds/store/held.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'

/** The facts about a feed as the page lists them; unknown ones are left out. */
export function feedFacts(feed: Feed, items: number): { name: string; value: string; link: string | null }[] {
  const facts: [name: string, value: string | null, link?: string | null][] = [
    ['URL', feed.url, outwardLink(feed.url)],
    ['Website', feed.site_url, outwardLink(feed.site_url)],
    ['Moving to', feed.moving_to, outwardLink(feed.moving_to)],
    ['Language', feed.language],
    ['Told by', feed.digest_only ? 'digests only' : 'alerts and digests'],
    ['Publishes', feed.publishing_pattern && `about ${formatRate(feed.publishing_pattern)}`],
    ['Last poll', time(feed.last_polled_at)],
    ['Last success', time(feed.last_success_at)],
    ['Last new item', time(feed.last_item_at)],
    ['Failing since', time(feed.failing_since)],
    ['Added', time(feed.added_at)],
    ['Items', String(items)],
  ]
  return facts.flatMap(([name, value, link = null]) => (value ? { name, value, link } : []))
}

const time = (at: Temporal.Instant | null) => at && formatUtc(at)

/** The entries of a held feed that wait for a decision, and in words what accepting them would do. */
export function heldView(feed: Feed, { reports, count, fresh, newest }: HeldReports) {
  return {
    since: feed.held_since && formatUtc(feed.held_since),
    heading: `${plural(count, 'entry waits', 'entries wait')} for your decision`,
    newest,
    accept: acceptWords(fresh, count - fresh),
    more: count - reports.length,
    reports: reports.map(({ title, url, at, isNew }) => ({
      title: titleOf(title),
      link: outwardLink(url),
      at: formatUtc(at),
      edit: !isNew,
    })),
  }
}

function acceptWords(fresh: number, edits: number): string {
  const news = fresh ? [`${plural(fresh, 'new entry', 'new entries')} may be mailed as news.`] : []
  const shown = plural(edits, 'edit of a known item is', 'edits of known items are')
  return [...news, ...(edits ? [`${shown} shown on the web, and only new takeaways are mailed.`] : [])].join(' ')
}

/** An item in the list of the latest ones. */
export function itemView({ id, title, url, at, isRead, state }: LatestItem) {
  return {
    title: titleOf(title),
    at: formatUtc(at),
    state: states[state],
    page: isRead ? `/admin/items/${id}` : null,
    link: outwardLink(url),
  }
}

const states: Record<LatestItem['state'], string> = {
  held: 'waits for your decision',
  unread: 'not read yet',
  read: '',
  failed: 'could not be read',
}

/** A title that fits its line. */
export const titleOf = (title: string): string => shorten(title, 200) || 'Untitled item'
