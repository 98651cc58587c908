import type { Generated } from 'kysely'
import type { Id, Instant } from './columns.ts'
import type { EditionKind } from './editions.ts'

/** The tables about deliveries: the ledger, claims, limits, bounces and the local mailbox. */
export type DeliveryTables = {
  claims: { id: Id; worker: string; at: Instant }
  deliveries: DeliveryTable
  /** The sums of deliveries whose lifetime has ended. */
  dropped_deliveries: { edition_id: number; sending: number; state: DeliveryState; count: number }
  /** Editions that are counted by their deliveries: some have no result yet, or changed since they were counted. */
  open_editions: { edition_id: number }
  edition_counts: EditionCountTable
  /** The sums of `edition_counts`. */
  delivery_totals: { kind: EditionKind; state: DeliveryState; count: number }
  send_limits: SendLimitTable
  warm_up_days: { day: string; sent: Generated<number> }
  bounces: BounceTable
  domain_troubles: DomainTroubleTable
  /** Mails to the bounce listener that it could not take, by UTC day and kind. */
  refused_reports: { day: string; kind: string; count: number }
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

/** Deliveries with a result that share an outcome, as they were when all deliveries of the edition had one. */
type EditionCountTable = {
  edition_id: number
  /** 0 for mails that readers cause, each of which is a sending of its own. */
  sending: number
  state: DeliveryState
  reason: string | null
  /** The code of the mail server's reply to a failed mail. */
  code: string | null
  after: 'bounced' | 'complained' | null
  count: number
  /** When the last of them got its result. */
  last_at: Instant
}

/**
 * What a report or a reply says of a recipient. `held`: a mail domain called the address dead while it was in trouble. `forged`:
 * a report of no mail of ours.
 */
export type BounceKind = 'dead' | 'held' | 'recipient' | 'domain' | 'full' | 'soft' | 'complaint' | 'forged'

type BounceTable = {
  id: Id
  delivery_id: number | null
  /** Null for a forged report, and for a reader who was erased. */
  subscriber_id: number | null
  /** The mail domain of the reader. */
  domain: string | null
  kind: BounceKind
  source: string
  detail: string
  event: string | null
  at: Instant
}

/**
 * `dead`: the domain calls too many known addresses dead. `policy`: it refuses most of our mail. `reports`: many
 * mailboxes sent bounce mails that call them dead, which hold back no mail.
 */
export type TroubleKind = 'dead' | 'policy' | 'reports'

type DomainTroubleTable = {
  domain: string
  kind: TroubleKind
  since: Instant
  last_at: Instant
  /** How many readers' mail it refused since. */
  refused: number
  words: string
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
