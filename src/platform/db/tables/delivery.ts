import type { Generated } from 'kysely'
import type { Id, Instant } from './columns.ts'

/** The tables about deliveries: the ledger, claims, limits, bounces and the local mailbox. */
export type DeliveryTables = {
  claims: { id: Id; worker: string; at: Instant }
  deliveries: DeliveryTable
  send_limits: SendLimitTable
  warm_up_days: { day: string; sent: Generated<number> }
  bounces: BounceTable
  hook_tokens: { token: string; event: string; at: Instant }
  mailbox: MailboxTable
}

/** The state of a delivery. A bounce or a complaint is a date on an accepted delivery, not a state. */
export type DeliveryState = 'due' | 'claimed' | 'submitted' | 'accepted' | 'deferred' | 'failed' | 'unknown' | 'skipped'

type DeliveryTable = {
  id: Id
  edition_id: number
  subscriber_id: number
  subscription_id: number | null
  sending: number
  state: Generated<DeliveryState>
  reason: string | null
  priority: Generated<number>
  attempts: Generated<number>
  due_at: Instant | null
  claim_id: number | null
  message_id: string
  /** The Message-IDs of the earlier alerts that it replies to, the last one at the end. */
  in_reply_to: Generated<string[]>
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
  back_offs: Generated<number>
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
