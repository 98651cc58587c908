import type { Generated } from 'kysely'
import type { Id, Instant, Json } from './columns.ts'

/** The tables about what was read in the items: passages, takeaways, topics and matches. */
export type ReadingTables = {
  revisions: RevisionTable
  passages: PassageTable
  takeaways: TakeawayTable
  topics: { slug: string; name: string; description: string; ordinal: number }
  topic_rules: { topic: string; version: number; rule: Json<unknown>; threshold: number; published_at: Instant }
  matches: MatchTable
  position_counter: { one: Generated<boolean>; value: number }
}

/** What caused a match: a new item, an edited item or an old one. Only `live` matches are mailed. */
export type Origin = 'live' | 'edit' | 'backfill'

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
  position: number | null
}
