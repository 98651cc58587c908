import type { Generated } from 'kysely'
import type { Id, Instant } from './columns.ts'
import type { Cadence } from './editions.ts'

/** The tables about readers: their addresses, consents and subscriptions. */
export type ReaderTables = {
  subscribers: SubscriberTable
  consents: { id: Id; subscriber_id: number; kind: string; text: string; source: string; at: Instant }
  subscriptions: SubscriptionTable
  /** A muted story by one of its takeaways: its thread raises no alerts for the reader. */
  mutes: { subscriber_id: number; takeaway_id: number; headline: string; at: Instant }
  labels: LabelTable
  sign_ups: { source: string; at: Instant }
  suppressions: { hash: string; reason: string; at: Instant }
}

/**
 * A reader says that a claim is not about `topic`, or that it does not belong to the story `story_id`, which had this headline.
 * The reader is unknown when erased.
 */
type LabelTable = {
  id: Id
  subscriber_id: number | null
  wording: number
  topic: string | null
  story_id: number | null
  headline: string | null
  text: string
  at: Instant
}

type SubscriberTable = {
  id: Id
  email: string
  state: 'pending' | 'active' | 'gone'
  nonce: string
  /** Makes the address of the reader's feed void when it is replaced. */
  feed_nonce: Generated<string>
  created_at: Instant
  confirmed_at: Instant | null
  gone_at: Instant | null
}

type SubscriptionTable = {
  id: Id
  subscriber_id: number
  topics: string[]
  cadence: Cadence
  local_time: string
  zone: string
  min_score: Generated<number>
  /** The quiet hours of alerts, as local times; null when there are none. */
  quiet_from: string | null
  quiet_to: string | null
  /** So many alert mails a day come at most. */
  max_alerts: Generated<number>
  state: 'pending' | 'active' | 'ended'
  from_position: Generated<number>
  confirmed_at: Instant | null
  ended_at: Instant | null
  created_at: Instant
}
