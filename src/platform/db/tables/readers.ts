import type { ColumnType, Generated } from 'kysely'
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
  sign_ups: SignUpTable
  queued_requests: QueuedRequestTable
  address_changes: AddressChangeTable
  suppressions: SuppressionTable
  imports: ImportTable
  /** Keyed marks of erased addresses: nobody imports or adds them again. `moved`: the reader has another address; null: not known. */
  erased_addresses: { hash: string; at: Instant; moved: boolean | null }
}

/**
 * The sign-ups of one source that its limits count: `source` is a network, or a keyed hash of an address and a network. Such a row
 * has the `domain` of the address, and in `address` a keyed hash of the address alone. From `ends_at` on, none of them counts any more.
 */
type SignUpTable = {
  source: string
  times: ColumnType<Temporal.Instant[], string[], string[]>
  domain: string | null
  address: string | null
  last_at: Instant
  ends_at: Instant
}

/**
 * What forms asked for and has to wait, because many people ask at one time: `sign_up` is a subscription, and null asks for a link to the
 * preferences. One row for each address.
 */
type QueuedRequestTable = {
  email: string
  domain: string
  sign_up: ColumnType<unknown, string | null, string | null>
  /** The network that asked. */
  source: string
  at: Instant
}

/**
 * A reader wants to move to the address of the subscriber `to_id`, who is none or waits until then. `requests` counts those of a day.
 */
type AddressChangeTable = {
  subscriber_id: number
  to_id: number
  requested_at: Instant
  requests: number
  /** When it was confirmed at the new address, and at the old one. */
  taken_at: Instant | null
  agreed_at: Instant | null
  /** It stays for its seven days, so that the requests of a day are counted. */
  cancelled_at: Instant | null
}

/** Why an address is never mailed. `refused recipient`: servers refused it for long, without the code of a dead address. */
export type SuppressionReason = 'dead address' | 'refused recipient' | 'dead domain' | 'full mailbox' | 'complaint'

type SuppressionTable = {
  /** A keyed hash of the address. */
  hash: string
  reason: SuppressionReason
  /** What the server or the report said, without addresses. */
  words: Generated<string>
  /** The reader of the address; null where it is not known, or the reader was erased. */
  subscriber_id: number | null
  at: Instant
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
  /** The address in small letters, with its domain in ASCII. */
  email: string
  /** The address as its reader wrote it, to which mail is sent; null where that is `email`. */
  written_email: ColumnType<string | null, string | null | undefined, string | null>
  state: 'pending' | 'active' | 'gone'
  nonce: string
  /** Makes the address of the reader's feed void when it is replaced. */
  feed_nonce: Generated<string>
  /** Stands in the links to the reader's preferences, so that nobody can guess them. */
  preferences_nonce: Generated<string>
  /** Stands in the links that never expire, and in the reader's bounce addresses. */
  link_nonce: Generated<string>
  created_at: Instant
  confirmed_at: Instant | null
  gone_at: Instant | null
  /** Until then the reader gets no digest and no alert. */
  paused_until: Instant | null
  /** When an admin lifted the last suppression: earlier answers of mail servers count no more. */
  lifted_at: Instant | null
  /** The import that brought the reader; null for all others. */
  import_id: number | null
  /** Since then the row has no address: it only stands for an unknown reader in the ledger. */
  erased_at: Instant | null
}

/** Which takeaways a subscription brings: those on any of its topics that pass the rest of it. Empty lists let all pass. */
export type SubscriptionFilter = {
  /** In the reader's order. */
  topics: string[]
  /** A takeaway must be on all of the topics. */
  all_topics: boolean
  min_score: number
  feeds: number[]
  /** ISO 3166 codes of countries and of their regions. */
  places: string[]
  /** Language codes without a region, as feeds give them. */
  languages: string[]
}

type SubscriptionTable = {
  id: Id
  subscriber_id: number
  cadence: Cadence
  /** Counts the subscriptions of one cadence of a reader. */
  ordinal: Generated<number>
  topics: string[]
  all_topics: Generated<boolean>
  min_score: Generated<number>
  feeds: Generated<number[]>
  places: Generated<string[]>
  languages: Generated<string[]>
  local_time: string
  zone: string
  /** The day of weekly digests, 1 for Monday. */
  weekday: Generated<number>
  /** So many minutes a digest may take to read; null for all of it. */
  minutes: ColumnType<number | null, number | null | undefined>
  /** A digest comes even if there is no news. */
  quiet_mail: Generated<boolean>
  /** The quiet hours of alerts, as local times; null when there are none. */
  quiet_from: string | null
  quiet_to: string | null
  /** So many alert mails a day come at most. */
  max_alerts: Generated<number>
  state: 'pending' | 'active' | 'ended'
  from_position: Generated<number>
  /** How often it was taken up again after it had ended. */
  returns: Generated<number>
  confirmed_at: Instant | null
  ended_at: Instant | null
  created_at: Instant
}

/** An import of readers from a file. */
type ImportTable = {
  id: Id
  /** A hash of the file and of what was asked for: the same import again goes on where it was interrupted. */
  fingerprint: string
  /** The name of the file, without its folder. */
  file: string
  /** The last line that is done. */
  line: Generated<number>
  /** How many lines came out how. */
  counts: ColumnType<Record<string, number>, string | undefined, string>
  /** When the next confirmation mail of an import may leave. */
  next_confirmation_at: Instant
  begun_at: Instant
  /** Null while it is not at its end. */
  finished_at: Instant | null
}
