import type { Generated } from 'kysely'
import type { DeliveryState } from '../../delivery/rules/delivery-result.ts'
import type { Cadence, EditionKind } from '../../editions/rules/edition-kind.ts'
import type { Evidence, Reference, Word } from '../../reading/rules/types.ts'
import type { Id, Instant, Json } from './tables/columns.ts'
import type { FeedTable, PushTable } from './tables/feeds.ts'
import type { AuditTable, SlotTable, SubscriberTable, SubscriptionTable, WindowTable } from './tables/readers.ts'

/** The tables, as Kysely sees them; ids and positions are numbers, instants are Temporal. One noun per file beside this. */
export type Tables = {
  settings: { key: string; value: Json<unknown> }
  feeds: FeedTable
  host_waits: { host: string; until: Instant }
  poll_days: { feed_id: number; day: string; polls: number; failed: number; added: number }
  pushes: PushTable
  items: ItemTable
  revisions: RevisionTable
  passages: PassageTable
  takeaways: TakeawayTable
  topics: { slug: string; name: string; description: string; ordinal: number }
  topic_rules: { topic: string; version: number; rule: Json<unknown>; threshold: number; published_at: Instant }
  matches: MatchTable
  position_counter: { one: Generated<boolean>; value: number }
  subscribers: SubscriberTable
  consents: { id: Id; subscriber_id: number; kind: string; text: string; source: string; at: Instant }
  subscriptions: SubscriptionTable
  sign_ups: { source: string; at: Instant }
  slots: SlotTable
  editions: EditionTable
  windows: WindowTable
  sendings: { edition_id: number; n: number; reason: string; actor: string; request_key: string | null; at: Instant }
  workers: { id: string; name: string; started_at: Generated<Instant>; heartbeat_at: Generated<Instant> }
  claims: { id: Id; worker: string; at: Instant }
  deliveries: DeliveryTable
  send_limits: SendLimitTable
  warm_up_days: { day: string; sent: Generated<number> }
  bounces: BounceTable
  hook_tokens: { token: string; event: string; at: Instant }
  suppressions: { hash: string; reason: string; at: Instant }
  audit_events: AuditTable
  admins: { id: Id; email: string; nonce: string; created_at: Instant }
  sessions: { hash: string; admin_id: number; expires_at: Instant }
  mailbox: MailboxTable
}

export type { Cadence, DeliveryState, EditionKind }
export type Origin = 'live' | 'edit' | 'backfill'

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
}

type PassageTable = {
  revision_id: number
  n: number
  kind: string
  level: number
  start: number
  end: number
  references: Json<Reference[]>
}

type TakeawayTable = {
  id: Id
  revision_id: number
  item_id: number
  position: number
  kind: 'stated' | 'extracted' | 'rewritten'
  text: string
  attribution: string | null
  evidence: Json<Evidence[]>
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
  words: Json<Word[]>
  via: string
  origin: Origin
  position: number | null
}

type EditionTable = {
  id: Id
  key: string
  slug: string
  kind: EditionKind
  subject: string
  html: string
  text: string
  takeaways: number[]
  topics: string[]
  slot_id: number | null
  closed_at: Instant
  paused_at: Instant | null
  pause_reason: string | null
}

type DeliveryTable = {
  id: Id
  edition_id: number
  subscriber_id: number
  subscription_id: number | null
  sending: number
  state: Generated<DeliveryState>
  reason: string | null
  lane: Generated<number>
  attempts: Generated<number>
  due_at: Instant | null
  claim_id: number | null
  message_id: string
  dated_at: Instant
  reply: string | null
  at: Instant
  bounced_at: Instant | null
  bounce: string | null
  complained_at: Instant | null
}

type BounceTable = {
  id: Id
  delivery_id: number | null
  kind: string
  source: string
  detail: string
  event: string | null
  at: Instant
}

type SendLimitTable = {
  key: string
  next_at: Generated<Instant>
  wait_until: Instant | null
  strikes: Generated<number>
  allowance: Generated<number>
}

type MailboxTable = {
  id: Id
  sender: string
  recipient: string
  subject: string
  html: string
  text: string
  raw: Buffer
  at: Instant
}
