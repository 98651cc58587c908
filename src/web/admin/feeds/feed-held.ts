import type { HeldReports } from '../../../feeds/store/feed-views.ts'
import type { Feed } from '../../../feeds/store/feeds.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'

/** What a hold keeps back, and in words what each of the two decisions would do with it. */
export function heldFeedView(feed: Feed, { reports, count, fresh, newest }: HeldReports) {
  return {
    ...{ since: feed.held_since ? formatUtc(feed.held_since) : 'an unknown time', newest },
    ...{ reason: feed.held_reason ?? 'no reason was recorded', count: counted(count) },
    accept: acceptWords(fresh, count - fresh),
    more: count - reports.length,
    reports: reports.map(({ title, url, at, isNew }) => ({
      ...{ title: shorten(title, 200) || 'Untitled report', link: outwardLink(url) },
      ...{ at: formatUtc(at), edit: !isNew },
    })),
  }
}

function acceptWords(fresh: number, edits: number): string {
  if (!edits) return `${counted(fresh)} may be mailed as news.`
  if (!fresh) return 'None is mailed, because all are edits of known reports.'
  return `${counted(fresh)} may be mailed as news. ${plural(edits, 'edit')} of known reports will be shown, not mailed.`
}

const counted = (n: number) => plural(n, 'report')
