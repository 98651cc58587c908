import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Id, Instant } from './columns.ts'

/** The tables about feeds and their items. */
export type FeedTables = {
  feeds: FeedTable
  host_waits: { host: string; until: Instant }
  poll_days: { feed_id: number; day: string; polls: number; failed: number; added: number }
  pushes: PushTable
  items: ItemTable
}

/** How a feed publishes: items a day, and the spans of the week with new items, in minutes from Monday 00:00 UTC. */
export type PublishingPattern = { perDay: number; hot: [from: number, to: number][] }

/** A feed: its address, the results of its polls, and what its server asks for. */
type FeedTable = {
  id: Id
  url: string
  title: Generated<string>
  site_url: string | null
  language: string | null
  host: GeneratedAlways<string>
  /** An admin entered the address; false for one to which the server of the feed led. */
  is_entered: Generated<boolean>
  folder: string | null
  state: Generated<'active' | 'held' | 'paused' | 'gone'>
  etag: string | null
  last_modified: string | null
  /** How often it is polled while nothing is known of when it publishes. */
  interval_s: Generated<number>
  /** How often an admin wants it polled; null where Sitrep decides. */
  own_interval_s: number | null
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
  publishing_pattern: ColumnType<PublishingPattern | null, string | null | undefined, string | null>
  body_hash: string | null
  hub: string | null
  /** Fingerprints of the entries of the last document, separated by spaces. */
  seen: Generated<string>
  alerted_position: Generated<number>
  full_text: Generated<boolean>
  republish: Generated<boolean>
  /** The name of its publisher, where an admin gave one; feeds of one publisher count once. */
  publisher: string | null
  /** Its claims raise no alerts. */
  digest_only: Generated<boolean>
  /** The language of its newest report, if no topic has rules for it. */
  uncovered_language: string | null
  added_at: Instant
}

/** Our subscription at a feed's hub. */
type PushTable = {
  feed_id: number
  hub: string
  topic: string
  token: string
  secret: string
  state: 'wanted' | 'asked' | 'verified' | 'refused'
  lease_until: Instant | null
  due_at: Instant
}

/** What an admin did with an item: a held one can be released, a withdrawn one cannot. */
export type Withheld = 'held' | 'withdrawn'

type ItemTable = {
  id: Id
  feed_id: number
  key: string
  url: string | null
  title: string
  author: string | null
  published_at: Instant | null
  first_seen_at: Instant
  backfill: boolean
  /** Its date is long before its feed's newest: digests tell of it, and alerts do not. */
  late: Generated<boolean>
  /** An admin keeps it out of all that is not mailed yet: until it is released, or for ever. */
  withheld: Generated<Withheld | null>
  withheld_reason: Generated<string | null>
  withheld_at: Generated<Instant | null>
}
