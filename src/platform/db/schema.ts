import type { Generated } from 'kysely'
import type { Id, Instant, Json } from './tables/columns.ts'
import type { DeliveryTables } from './tables/delivery.ts'
import type { EditionTables } from './tables/editions.ts'
import type { FeedTables } from './tables/feeds.ts'
import type { ReaderTables } from './tables/readers.ts'
import type { ReadingTables } from './tables/reading.ts'
import type { StoryTables } from './tables/stories.ts'

/**
 * All tables as Kysely sees them. Ids and positions are numbers, instants are Temporal.Instant. The store that writes a
 * JSON column knows its type.
 */
export type Tables = FeedTables &
  ReadingTables &
  StoryTables &
  ReaderTables &
  EditionTables &
  DeliveryTables &
  AdminTables &
  PlatformTables

type AdminTables = {
  admins: { id: Id; email: string; nonce: string; created_at: Instant }
  sessions: { hash: string; admin_id: number; expires_at: Instant }
  alarms: AlarmTable
}

type AlarmTable = {
  key: string
  type: string
  text: string
  href: string | null
  raised_at: Instant
  /** When the alarm held last. */
  seen_at: Instant
  /** The channels that know of the alarm and not yet of its end. */
  told: Generated<string[]>
  /** Since when a process tells of it. */
  claimed_at: Instant | null
}

/** The tables that every room uses: settings, workers and the audit log. */
type PlatformTables = {
  settings: { key: string; value: Json<unknown> }
  workers: WorkerTable
  audit_events: AuditTable
}

type WorkerTable = {
  id: string
  name: string
  started_at: Generated<Instant>
  heartbeat_at: Generated<Instant>
  /** By how many seconds the clock of the worker is ahead of the database's. */
  clock_off_s: Generated<number>
}

type AuditTable = {
  id: Id
  at: Instant
  actor: string
  action: string
  subject: string
  reason: string
  detail: Json<unknown>
  mac: string
}
