import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { type MailFacts, mailFacts } from './timeline.ts'

/**
 * What the tables have of one digest subscription on one civil date: its slot and window, and the last copy of its mail. The slot is
 * that of the window, or of the present schedule where there is no window.
 */
export type DigestDay = {
  date: string
  subscription: number
  cadence: 'daily' | 'weekly'
  local_time: string
  zone: string
  weekday: number
  state: 'pending' | 'active' | 'ended'
  confirmed_at: Temporal.Instant | null
  ended_at: Temporal.Instant | null
  /** Until then the reader gets no digest. */
  paused_until: Temporal.Instant | null
  slot: 'open' | 'composed' | 'missed' | null
  /** Whether this reader has a window of the slot, the reason for which it has no mail, and its edition. */
  has_window: boolean
  reason: string | null
  edition: number | null
  mail: MailFacts | null
}

/** The digests of one reader on some civil dates, `from` and `to` included, the newest date first. */
export async function digestDays(
  db: Db,
  subscriber: number,
  { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): Promise<DigestDay[]> {
  const { rows } = await sql<DigestDay>`
    select to_char(day, 'YYYY-MM-DD') as date, s.id as subscription, s.cadence, s.local_time, s.zone, s.weekday, s.state,
      s.confirmed_at, s.ended_at, p.paused_until, slots.state as slot, w.subscription_id is not null as has_window, w.reason,
      w.edition_id as edition, mail.facts as mail
    from subscriptions s join subscribers p on p.id = s.subscriber_id
    cross join generate_series(${from.toString()}::timestamp, ${to.toString()}::timestamp, interval '1 day') day
    left join lateral (select * from windows w
      where w.subscription_id = s.id and w.civil_date = day::date and w.kind = s.cadence
      order by w.run desc limit 1) w on true
    left join slots on case when w.slot_id is not null then slots.id = w.slot_id
      else slots.cadence = s.cadence and slots.local_time = s.local_time and slots.zone = s.zone and slots.civil_date = day::date end
    left join lateral (select ${mailFacts} as facts
      from deliveries d join editions e on e.id = d.edition_id
      where d.edition_id = w.edition_id and d.subscriber_id = s.subscriber_id order by d.sending desc limit 1) mail on true
    where s.subscriber_id = ${subscriber} and s.cadence in ('daily', 'weekly')
    order by day desc, s.cadence, s.ordinal`.execute(db)
  return rows
}
