import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Rhythm } from '../../../feeds/rules/publishing-pattern.ts'
import type { Id, Instant } from './columns.ts'

/** What is kept of a feed: where it is, how its polls went, what it wants of us. */
export type FeedTable = {
  id: Id
  url: string
  title: Generated<string>
  site_url: string | null
  language: string | null
  host: GeneratedAlways<string>
  folder: string | null
  state: Generated<'active' | 'held' | 'paused' | 'gone'>
  etag: string | null
  last_modified: string | null
  interval_s: Generated<number>
  next_poll_at: Instant
  claimed_by: string | null
  failures: Generated<number>
  last_error: string | null
  last_polled_at: Instant | null
  last_success_at: Instant | null
  last_item_at: Instant | null
  failing_since: Instant | null
  held_reason: string | null
  held_since: Instant | null
  moving_to: string | null
  moving_seen: Generated<number>
  repairs: Generated<string[]>
  asked_interval_s: number | null
  skip_hours: Generated<number[]>
  skip_days: Generated<number[]>
  rhythm: ColumnType<Rhythm | null, string | null | undefined, string | null>
  body_hash: string | null
  hub: string | null
  /** Fingerprints of the entries of the last document, with spaces between. */
  seen: Generated<string>
  alerted_position: Generated<number>
  full_text: Generated<boolean>
  republish: Generated<boolean>
  added_at: Instant
}

/** Our subscription at a feed's hub. */
export type PushTable = {
  feed_id: number
  hub: string
  topic: string
  token: string
  secret: string
  state: 'wanted' | 'asked' | 'verified' | 'refused'
  lease_until: Instant | null
  due_at: Instant
}
