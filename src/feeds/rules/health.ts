import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'
import { formatRelativeTime } from '../../platform/text/format-relative-time.ts'
import { formatRate } from './format-rate.ts'

/** What is known of a feed's polls. */
export type PollState = {
  state: 'active' | 'held' | 'paused' | 'gone'
  failures: number
  failing_since: Temporal.Instant | null
  last_error: string | null
  next_poll_at: Temporal.Instant
  last_polled_at: Temporal.Instant | null
  last_item_at: Temporal.Instant | null
  held_reason: string | null
  publishing_pattern: PublishingPattern | null
  repairs: string[]
}

/** False for one that rests or has ended: an admin may take it up again. */
export const isPolled = ({ state }: Pick<PollState, 'state'>): boolean => state === 'active' || state === 'held'

/** How a feed is, in one word and one sentence. */
export function feedHealth(feed: PollState, now: Temporal.Instant): { word: string; sentence: string } {
  const said = (word: string, rest: string) => ({ word, sentence: `${capital(word)}${rest}.` })
  const why = feed.last_error ? `: ${feed.last_error}` : ''
  if (feed.state === 'gone') return said('gone', `${why}; not polled any more, and what it gave stays`)
  if (feed.state === 'paused') return said('paused', `${why}; not polled until it is taken up again`)
  if (feed.state === 'held') return said('held', `: ${feed.held_reason ?? 'a person must look at it'}`)
  const next =
    Temporal.Instant.compare(feed.next_poll_at, now) <= 0
      ? 'due now'
      : `next ${formatRelativeTime(feed.next_poll_at, now)}`
  if (feed.failures > 0) return said('failing', ` ${since(feed, now)}${why || ': no reason was kept'}; ${next}`)
  if (!feed.last_polled_at) return said('new', `: never polled yet, ${next}`)
  const silent = silence(feed, now)
  const mended = feed.repairs.length ? `; mended: ${feed.repairs.join(', ')}` : ''
  if (silent)
    return said('quiet', `: nothing for ${silent}, usually ${formatRate(feed.publishing_pattern!)}; ${next}${mended}`)
  const usually = feed.publishing_pattern ? `, ${formatRate(feed.publishing_pattern)}` : ''
  return said('fresh', `, polled ${formatRelativeTime(feed.last_polled_at, now)}, ${next}${usually}${mended}`)
}

const dayMs = 24 * 3600 * 1000

/** Within a week the day's name is enough. */
function since({ failing_since: from, failures }: PollState, now: Temporal.Instant): string {
  if (!from) return failures === 1 ? 'once' : `${failures} times`
  const age = now.epochMilliseconds - from.epochMilliseconds
  if (age < 36 * 3600 * 1000) return `since ${formatRelativeTime(from, now)}`
  const date = from.toZonedDateTimeISO('UTC')
  return age < 6 * dayMs
    ? `since ${date.toLocaleString('en-GB', { weekday: 'long' })}`
    : `since ${date.toLocaleString('en-GB', { day: 'numeric', month: 'long' })}`
}

/** Silent for longer than five usual gaps, and at least two days. */
function silence({ publishing_pattern: pattern, last_item_at: last }: PollState, now: Temporal.Instant): string | null {
  if (!pattern || !last) return null
  const days = (now.epochMilliseconds - last.epochMilliseconds) / dayMs
  return days > Math.max(2, 5 / pattern.perDay) ? `${Math.round(days)} days` : null
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
