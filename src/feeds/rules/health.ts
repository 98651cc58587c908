import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'
import { formatDue, formatDuration, formatRelativeTime } from '../../platform/text/format-instant.ts'
import { languageName } from '../../platform/text/language-name.ts'
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
  uncovered_language: string | null
  moving_to: string | null
  moving_seen: number
}

/** False for a feed that is paused or gone; an admin may resume it. */
export const isPolled = ({ state }: Pick<PollState, 'state'>): boolean => state === 'active' || state === 'held'

/** How a feed is: one word for its state, and sentences that say why and what happens next. */
export function feedHealth(feed: PollState, now: Temporal.Instant): { word: string; sentence: string } {
  const { word, sentences } = healthOf(feed, now)
  const language = isPolled(feed) ? languageText(feed) : []
  const repairs = isPolled(feed) && feed.repairs.length ? [`Repairs: ${feed.repairs.join('; ')}.`] : []
  return { word, sentence: [...sentences, ...moveText(feed), ...language, ...repairs].join(' ') }
}

function languageText({ uncovered_language: language }: PollState): string[] {
  if (language === null) return []
  return [`Its newest report is in ${languageName(language)}, for which no topic has rules: nothing of it is mailed.`]
}

/** What is known of a new address, and who has to act. */
function moveText({ state, moving_to: to, moving_seen: seen }: PollState): string[] {
  if (to === null || state === 'gone') return []
  if (seen > 0) return [`Its server redirects to ${to} for good. Sitrep moves the feed after three such polls.`]
  return [`It seems to have moved to ${to}. Look at the new URL and move the feed.`]
}

type Health = { word: string; sentences: string[] }

function healthOf(feed: PollState, now: Temporal.Instant): Health {
  if (feed.state === 'gone') return feed.last_error ? ended(feed.last_error) : removed
  if (feed.state === 'paused') return paused(feed)
  if (feed.state === 'held') return held(feed)
  const next = `The next poll is ${formatDue(feed.next_poll_at, now)}.`
  if (feed.failures > 0) return { word: 'failing', sentences: [failureText(feed, now), next] }
  if (feed.last_error) return { word: 'failing', sentences: [`The last poll ended with ${feed.last_error}.`, next] }
  if (!feed.last_polled_at) return { word: 'new', sentences: ['This feed was not polled yet.', next] }
  const silence = silenceText(feed, now)
  if (silence) return { word: 'quiet', sentences: [silence, next] }
  const usual = feed.publishing_pattern ? [`About ${formatRate(feed.publishing_pattern)}.`] : []
  return { word: 'fresh', sentences: [`Polled ${formatRelativeTime(feed.last_polled_at, now)}.`, next, ...usual] }
}

const keptItems = 'Its items are kept.'

const removed: Health = { word: 'removed', sentences: ['An admin removed this feed.', keptItems] }

const ended = (reason: string): Health => ({
  word: 'ended',
  sentences: [`This feed has ended: ${reason}.`, keptItems],
})

const paused = ({ last_error: reason }: PollState): Health => ({
  word: 'paused',
  sentences: [`Polling is paused${reason ? `: ${reason}` : ''}.`, 'Resume polling or remove the feed.'],
})

const held = ({ held_reason: reason }: PollState): Health => ({
  word: 'held',
  sentences: [`This feed is held${reason ? `: ${reason}` : ''}.`, 'Accept or skip these entries.', othersGoOn],
})

const othersGoOn = 'Other entries are read and mailed as usual.'

const hourMs = 3600 * 1000
const dayMs = 24 * hourMs

/** The duration for a day and a half, then the weekday for six days, then the date. */
function failureText({ failing_since: since, failures, last_error }: PollState, now: Temporal.Instant): string {
  const reason = last_error ?? 'the reason was not recorded'
  if (failures === 1) return `The last poll failed: ${reason}.`
  if (!since) return `The last ${failures} polls failed: ${reason}.`
  const age = now.epochMilliseconds - since.epochMilliseconds
  if (age < 36 * hourMs) return `All polls of the last ${formatDuration(since, now)} failed: ${reason}.`
  const format = age < 6 * dayMs ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const)
  return `All polls since ${since.toZonedDateTimeISO('UTC').toLocaleString('en-GB', format)} failed: ${reason}.`
}

const minSilentDays = 2
const usualGaps = 5

function silenceText(state: Publishing, now: Temporal.Instant): string | null {
  const days = silentDays(state, now)
  if (days === null || !state.publishing_pattern) return null
  return `No new item for ${Math.round(days)} days (usually ${formatRate(state.publishing_pattern)}).`
}

/** How a feed publishes, and when its last item became known. */
export type Publishing = Pick<PollState, 'publishing_pattern' | 'last_item_at'>

/** How many days a feed has been silent, when that is longer than five usual gaps and at least two days; else null. */
export function silentDays(
  { publishing_pattern: pattern, last_item_at: last }: Publishing,
  now: Temporal.Instant,
): number | null {
  if (!pattern || !last) return null
  const days = (now.epochMilliseconds - last.epochMilliseconds) / dayMs
  return days > Math.max(minSilentDays, usualGaps / pattern.perDay) ? days : null
}
