import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'
import { formatRelativeTime } from '../../platform/text/format-instant.ts'
import { formatRate } from './publishing-pattern.ts'

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

/** False for a feed that is paused or gone; an admin may resume it. */
export const isPolled = ({ state }: Pick<PollState, 'state'>): boolean => state === 'active' || state === 'held'

/** How a feed is, in one word and one sentence. */
export function feedHealth(feed: PollState, now: Temporal.Instant): { word: string; sentence: string } {
  const health = (word: string, details: string) => ({ word, sentence: `${capital(word)}${details}.` })
  const reason = feed.last_error ? `: ${feed.last_error}` : ''
  if (feed.state === 'gone') return health('gone', `${reason}; no longer polled, its items are kept`)
  if (feed.state === 'paused') return health('paused', `${reason}; not polled until polling is resumed`)
  if (feed.state === 'held') return health('held', `: ${feed.held_reason ?? 'a person must look at it'}`)
  const next = nextPollText(feed, now)
  if (feed.failures > 0)
    return health('failing', ` ${failingSince(feed, now)}${reason || ': no reason was kept'}; ${next}`)
  if (!feed.last_polled_at) return health('new', `: never polled yet, ${next}`)
  const repaired = feed.repairs.length ? `; repaired: ${feed.repairs.join(', ')}` : ''
  const silence = silenceText(feed, now)
  if (silence) return health('quiet', `: ${silence}; ${next}${repaired}`)
  const usually = feed.publishing_pattern ? `, ${formatRate(feed.publishing_pattern)}` : ''
  return health('fresh', `, polled ${formatRelativeTime(feed.last_polled_at, now)}, ${next}${usually}${repaired}`)
}

function nextPollText({ next_poll_at: next }: PollState, now: Temporal.Instant): string {
  return Temporal.Instant.compare(next, now) <= 0 ? 'due now' : `next ${formatRelativeTime(next, now)}`
}

const hourMs = 3600 * 1000
const dayMs = 24 * hourMs

/** The time for a day and a half, the weekday for six days, then the date. */
function failingSince({ failing_since: since, failures }: PollState, now: Temporal.Instant): string {
  if (!since) return failures === 1 ? 'once' : `${failures} times`
  const age = now.epochMilliseconds - since.epochMilliseconds
  if (age < 36 * hourMs) return `since ${formatRelativeTime(since, now)}`
  const format = age < 6 * dayMs ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const)
  return `since ${since.toZonedDateTimeISO('UTC').toLocaleString('en-GB', format)}`
}

const minSilentDays = 2
const usualGaps = 5

/** Says how long a feed has been silent, when that is longer than five usual gaps and at least two days; else null. */
function silenceText(
  { publishing_pattern: pattern, last_item_at: last }: PollState,
  now: Temporal.Instant,
): string | null {
  if (!pattern || !last) return null
  const days = (now.epochMilliseconds - last.epochMilliseconds) / dayMs
  if (days <= Math.max(minSilentDays, usualGaps / pattern.perDay)) return null
  return `nothing for ${Math.round(days)} days, usually ${formatRate(pattern)}`
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
