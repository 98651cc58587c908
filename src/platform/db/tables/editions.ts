import type { ColumnType, Generated } from 'kysely'
import type { Id, Instant } from './columns.ts'

/** The tables about editions: slots in time, the windows of subscriptions, what was composed, and each sending. */
export type EditionTables = {
  slots: SlotTable
  windows: WindowTable
  editions: EditionTable
  /**
   * What readers of alerts were told before, while alerts are published; empty between transactions. `run` is a feed, or what
   * has waited (0 and -1). `told` are editions on its stories, `corrected` the takeaways that they were told last of those that changed, and `muted` the threads
   * that they muted. `until` and `reason` say that alerts wait for the reader; `waited` are lineages whose wait is over.
   */
  alert_history: AlertHistoryTable
  /**
   * Takeaways, by their lineages, of which a reader's alerts tell at a later time. `changed`: the reader changed the choice that
   * made them wait.
   */
  alert_waits: AlertWaitTable
  /** The runs of alerts that are not over: for each feed the span that its alerts tell. */
  alert_runs: AlertRunTable
  /** The readers whom a run has still to tell, in parts that are committed one by one. */
  alert_parts: { feed_id: number; n: number; subscriptions: number[] }
  /** A note of an admin on an item, for those who got it. */
  /** `wordings`: what of the item was wrong; the whole item where none is given. */
  corrections: { id: Id; item_id: number; note: string; wordings: Generated<number[]>; actor: string; at: Instant }
  /** Whom a correction is for, while its transaction runs. */
  correction_readers: { subscriber_id: number; subscription_id: number | null; mails: string; told: string }
  sendings: { edition_id: number; n: number; reason: string; actor: string; request_key: string | null; at: Instant }
}

type AlertHistoryTable = {
  run: number
  subscription_id: number
  corrected: Generated<number[]>
  told: Generated<number[]>
  muted: Generated<number[]>
  waited: Generated<number[]>
  until: Instant | null
  reason: string | null
  notice: string | null
}

type AlertRunTable = {
  feed_id: number
  begun_at: Instant
  cursor: number
  to_position: number
  since: number
  topics: string[]
  /** The positions of its live matches, in order. */
  starts: number[]
  waited: number[]
  changed: number[]
  changed_to: number
}

type AlertWaitTable = {
  subscription_id: number
  lineage: number
  reason: 'quiet' | 'budget' | 'pause' | 'changed'
  due_at: Instant
}

/** How often a subscription sends mail. */
export type Cadence = 'alert' | 'daily' | 'weekly'
export type EditionKind = 'confirmation' | 'link' | 'change' | 'welcome' | 'daily' | 'weekly' | 'alert' | 'correction'

type SlotTable = {
  id: Id
  cadence: 'daily' | 'weekly'
  local_time: string
  zone: string
  civil_date: string
  due_at: Instant
  to_position: number
  /** Null for slots from before this was kept. */
  opened_at: Instant | null
  state: 'open' | 'composed' | 'missed'
  /** How often an admin opened the slot again. */
  runs: Generated<number>
}

type WindowTable = {
  subscription_id: number
  kind: 'welcome' | 'daily' | 'weekly'
  civil_date: string
  slot_id: number | null
  /** Which run of the slot: 0, or how often an admin had opened the slot again. Of a welcome: which return of the reader. */
  run: Generated<number>
  from_position: number
  to_position: number
  /** The editions on the stories of this window that this reader was sent before. */
  told: Generated<number[]>
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
  /** How the edition told its stories. */
  stories: ColumnType<unknown, string | undefined, string>
  /** The items that it tells of or names. */
  items: Generated<number[]>
  /** The correction that it mails; null for every other kind. */
  correction_id: Generated<number | null>
  topics: string[]
  slot_id: number | null
  closed_at: Instant
  paused_at: Instant | null
  pause_reason: string | null
}
