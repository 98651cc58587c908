import type { Generated } from 'kysely'
import type { Cadence } from '../../../editions/rules/edition-kind.ts'
import type { Id, Instant, Json } from './columns.ts'

/** The tables about readers: who they are, what they follow, and when it is due. */
export type SubscriberTable = {
  id: Id
  email: string
  state: 'pending' | 'active' | 'gone'
  nonce: string
  created_at: Instant
  confirmed_at: Instant | null
  gone_at: Instant | null
}

export type SubscriptionTable = {
  id: Id
  subscriber_id: number
  topics: string[]
  cadence: Cadence
  local_time: string
  zone: string
  min_score: Generated<number>
  state: 'pending' | 'active' | 'ended'
  from_position: Generated<number>
  confirmed_at: Instant | null
  ended_at: Instant | null
  created_at: Instant
}

export type SlotTable = {
  id: Id
  cadence: 'daily' | 'weekly'
  local_time: string
  zone: string
  civil_date: string
  due_at: Instant
  to_position: number
  state: 'open' | 'composed' | 'missed'
}

export type WindowTable = {
  subscription_id: number
  kind: 'welcome' | 'daily' | 'weekly'
  civil_date: string
  slot_id: number | null
  from_position: number
  to_position: number
  alerted: Generated<number[]>
  edition_id: number | null
  reason: string | null
}

export type AuditTable = {
  id: Id
  at: Instant
  actor: string
  action: string
  subject: string
  reason: string
  detail: Json<unknown>
  mac: string
}
