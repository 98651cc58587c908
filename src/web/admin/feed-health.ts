import type { FeedRow } from '../../store/admin-views.ts'
import { distanceText } from '../instant-text.ts'

/** How a feed is, in one word and one sentence. */
export function feedHealth(feed: FeedRow, now: Temporal.Instant): { word: string; sentence: string } {
  const far = (instant: Temporal.Instant) => distanceText(instant, now)
  if (feed.state === 'gone') return { word: 'gone', sentence: 'Not polled any more; what it gave stays.' }
  if (feed.state === 'paused') return { word: 'paused', sentence: 'Paused: not polled until it is taken up again.' }
  const next = Temporal.Instant.compare(feed.next_poll_at, now) <= 0 ? 'due now' : `next poll ${far(feed.next_poll_at)}`
  if (!feed.last_polled_at) return { word: 'new', sentence: `Never polled yet; ${next}.` }
  if (feed.failures > 0) {
    const times = feed.failures === 1 ? 'The last poll failed' : `The last ${feed.failures} polls failed`
    const good = feed.last_success_at ? `last success ${far(feed.last_success_at)}` : 'it has never succeeded'
    return { word: 'failing', sentence: `${times}: ${feed.last_error ?? 'no reason was kept'} (${good}, ${next}).` }
  }
  const newest = feed.last_item_at ? `newest item ${far(feed.last_item_at)}` : 'no item yet'
  return { word: 'well', sentence: `Polled ${far(feed.last_polled_at)}, ${next}; ${newest}.` }
}
