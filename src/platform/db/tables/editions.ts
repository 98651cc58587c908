import type { Generated } from 'kysely'
import type { Id, Instant } from './columns.ts'

/** The tables about editions: slots in time, the windows of subscriptions, what was composed, and each sending. */
export type EditionTables = {
  slots: SlotTable
  windows: WindowTable
  editions: EditionTable
  /** What alert subscriptions are owed while the alerts of a feed are published; empty between transactions. */
  alert_corrections: { feed_id: number; subscription_id: number; takeaways: number[] }
  sendings: { edition_id: number; n: number; reason: string; actor: string; request_key: string | null; at: Instant }
}

/** How often a subscription sends mail. */
export type Cadence = 'alert' | 'daily' | 'weekly'
export type EditionKind = 'confirmation' | 'link' | 'welcome' | 'daily' | 'weekly' | 'alert'

type SlotTable = {
  id: Id
  cadence: 'daily' | 'weekly'
  local_time: string
  zone: string
  civil_date: string
  due_at: Instant
  to_position: number
  state: 'open' | 'composed' | 'missed'
}

type WindowTable = {
  subscription_id: number
  kind: 'welcome' | 'daily' | 'weekly'
  civil_date: string
  slot_id: number | null
  from_position: number
  to_position: number
  alerted: Generated<number[]>
  /** The takeaways that this reader was told last, of those that changed within the window. */
  corrected: Generated<number[]>
  edition_id: number | null
  reason: string | null
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
  /** The earlier takeaways that the edition corrects or updates. */
  corrected: Generated<number[]>
  topics: string[]
  slot_id: number | null
  closed_at: Instant
  paused_at: Instant | null
  pause_reason: string | null
}
