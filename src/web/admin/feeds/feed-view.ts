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
    ['Address', feed.url, outwardLink(feed.url)],
    ['Website', feed.site_url, outwardLink(feed.site_url)],
    ['Moving to', feed.moving_to, outwardLink(feed.moving_to)],
    ['Language', feed.language],
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

/** The held reports of a feed, and in words what accepting them would do. */
export function heldView(feed: Feed, { reports, count, fresh, newest }: HeldReports) {
  return {
    since: feed.held_since ? formatUtc(feed.held_since) : 'an unknown time',
    reason: feed.held_reason ?? 'no reason was recorded',
    count: plural(count, 'report'),
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
  const news = `${plural(fresh, 'report')} may be mailed as news.`
  if (!edits) return news
  if (!fresh) return 'None is mailed, because all are edits of known reports.'
  return `${news} ${plural(edits, 'edit')} of known reports will be shown, not mailed.`
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
  held: 'held',
  unread: 'not read yet',
  read: '',
  failed: 'could not be read',
}

/** A title that fits its line. */
export const titleOf = (title: string): string => shorten(title, 200) || 'Untitled report'
