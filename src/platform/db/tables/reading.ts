import type { ColumnType, Generated } from 'kysely'
import type { Id, Instant, Json } from './columns.ts'

/** The tables about what was read in the items: passages, takeaways, topics and matches. */
export type ReadingTables = {
  revisions: RevisionTable
  passages: PassageTable
  takeaways: TakeawayTable
  topics: TopicTable
  topic_rules: TopicRuleTable
  matches: MatchTable
  position_counter: { one: Generated<boolean>; value: number }
  takeaway_changes: TakeawayChangeTable
}

/**
 * What caused a match: news, also news in an edit; an edit without news; an item that was old at the first poll. Only `live`
 * matches are mailed.
 */
export type Origin = 'live' | 'edit' | 'backfill'

type TopicTable = {
  slug: string
  name: string
  description: string
  ordinal: number
  /** Since then no reader can choose it, and no claim gets it. */
  retired_at: Instant | null
  /** The topic to which its readers were moved when it was retired. */
  moved_to: string | null
}

type TopicRuleTable = {
  topic: string
  version: number
  rule: Json<unknown>
  threshold: number
  published_at: Instant
  /** The version of the rule that came with the program; null for a rule of a team. */
  builtin_version: number | null
}

type RevisionTable = {
  id: Id
  item_id: number
  n: number
  content_hash: string
  title: string
  html: string
  text: string | null
  state: Generated<'held' | 'unread' | 'read' | 'failed'>
  claimed_by: string | null
  attempts: Generated<number>
  due_at: Instant
  error: string | null
  saved_at: Instant
  /** When the edit was read, if it brought news that may interrupt readers. */
  news_at: Instant | null
  /** An admin decided that the edit is not mailed. */
  skipped: Generated<boolean>
}

type PassageTable = {
  revision_id: number
  n: number
  kind: string
  level: number
  start: number
  end: number
  references: Json<unknown>
}

type TakeawayTable = {
  id: Id
  revision_id: number
  item_id: number
  ordinal: number
  kind: 'stated' | 'extracted'
  text: string
  attribution: string | null
  evidence: Json<unknown>
  carried_from: number | null
  /** The first takeaway of the line of edits that this one continues: its own id where it continues none. */
  lineage: ColumnType<number, number | null | undefined, number>
  /** The first takeaway of the line with the same words. */
  wording: ColumnType<number, number | null | undefined, number>
  /** Whether the newest revision that was read holds it. */
  current: Generated<boolean>
  /** The codes of the countries (`UA`) and regions (`UA-63`) that it tells of, sorted. */
  places: Generated<string[]>
  /** That of its report, as a code of ISO 639-1; null for takeaways that are older than it. */
  language: string | null
}

type MatchTable = {
  id: Id
  takeaway_id: number
  item_id: number
  feed_id: number
  topic: string
  version: number
  score: number
  words: Json<unknown>
  via: string
  origin: Origin
  /** When alerts may tell of it; null when they did, or may at once. */
  alert_at: Instant | null
  position: number | null
}

/** A takeaway of this lineage was changed, withdrawn or said again. */
type TakeawayChangeTable = {
  id: Id
  lineage: number
  item_id: number
  feed_id: number
  at: Instant
  /** When alerts may tell of it; null when they did. */
  alert_at: Instant | null
  position: number | null
}
