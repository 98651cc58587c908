import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { KeptSince } from '../../platform/kept-since.ts'

/** How many rows a keeping drops. */
export type DroppedRows = { deliveries: number; windows: number; mailbox: number }

/** Readers with ids above `after`, up to `to`. */
type SomeReaders = { after: number; to: number }

/**
 * Deliveries `d` whose lifetime has ended. Those that wait stay, those of which a bounce or a complaint tells, and the newest one of a
 * reader that arrived: it says whether the address was ever good.
 */
const outlivedDelivery = (since: Temporal.Instant) => sql`
  d.dated_at < ${since.toString()}::timestamptz and d.due_at is null and d.claim_id is null
  and d.state in ('accepted', 'failed', 'unknown', 'skipped') and d.bounced_at is null and d.complained_at is null
  and not exists (select from bounces b where b.delivery_id = d.id)
  and (d.state <> 'accepted' or exists (
    select from deliveries n where n.subscriber_id = d.subscriber_id and n.dated_at > d.dated_at
      and n.state = 'accepted' and n.bounced_at is null))`

/**
 * Closed windows `w` whose lifetime has ended. The last one of a subscription stays, and the last one before a pause: the next window
 * begins at its end. So does a welcome, which comes once.
 */
const outlivedWindow = (since: Temporal.Instant, paused: string) => sql`
  w.civil_date < ${since.toString()}::timestamptz::date and w.kind <> 'welcome' and (w.edition_id is not null or w.reason is not null)
  and exists (select from windows n where n.subscription_id = w.subscription_id and n.civil_date > w.civil_date and n.to_position >= w.to_position
    and (n.edition_id is not null or n.reason <> ${sql.lit(paused)}))`

/** The id of the last one of the next so many readers; undefined when there are no more. */
export async function endOfReaders(db: Db, after: number, readers: number): Promise<number | undefined> {
  const { rows } = await sql<{ last: number | null }>`
    select max(id) as last from (select id from subscribers where id > ${after} order by id limit ${readers}) next`.execute(
    db,
  )
  return rows[0]?.last ?? undefined
}

/**
 * Drops at most so many deliveries of these readers, and adds them to the sums of their editions in the same statement. A delivery that
 * somebody else holds stays for the next time. Returns how many.
 */
export async function dropDeliveries(
  db: Db,
  since: Temporal.Instant,
  { after, to }: SomeReaders,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    with outlived as (
      select d.id from deliveries d
      where d.subscriber_id > ${after} and d.subscriber_id <= ${to} and ${outlivedDelivery(since)}
      limit ${limit} for update of d skip locked),
    gone as (
      delete from deliveries d using outlived where d.id = outlived.id returning d.edition_id, d.sending, d.state),
    summed as (
      insert into dropped_deliveries as s (edition_id, sending, state, count)
      select edition_id, sending, state, count(*) from gone group by 1, 2, 3 order by 1, 2, 3
      on conflict (edition_id, sending, state) do update set count = s.count + excluded.count)
    select count(*) as dropped from gone`.execute(db)
  return rows[0]?.dropped ?? 0
}

/** Drops at most so many windows of these readers; returns how many. `paused` is the reason of windows of a pause. */
export async function dropWindows(
  db: Db,
  since: Temporal.Instant,
  { after, to }: SomeReaders,
  { limit, paused }: { limit: number; paused: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from windows where ctid in (
      select w.ctid from subscriptions s join windows w on w.subscription_id = s.id
      where s.subscriber_id > ${after} and s.subscriber_id <= ${to} and ${outlivedWindow(since, paused)}
      limit ${limit} for update of w skip locked)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Drops at most so many mails of the local mailbox; returns how many. */
export async function dropMailbox(db: Db, since: Temporal.Instant, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from mailbox where id in (
      select id from mailbox where at < ${since.toString()}::timestamptz order by id limit ${limit})`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Counts what would go. It reads the tables whole. */
export async function countOutlived(db: Db, { deliveries, mailbox }: KeptSince, paused: string): Promise<DroppedRows> {
  const { rows } = await sql<DroppedRows>`
    select (select count(*) from deliveries d where ${outlivedDelivery(deliveries)}) as deliveries,
      (select count(*) from windows w where ${outlivedWindow(deliveries, paused)}) as windows,
      (select count(*) from mailbox where at < ${mailbox.toString()}::timestamptz) as mailbox`.execute(db)
  return rows[0] ?? { deliveries: 0, windows: 0, mailbox: 0 }
}

/** Whether no digest is being composed and no mail is due: then nobody waits for the database. */
export async function isQuiet(db: Db, now: Temporal.Instant): Promise<boolean> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<{ busy: boolean }>`
    select exists (select from slots where state = 'open' and due_at <= ${at})
      or exists (select from deliveries where due_at <= ${at}) as busy`.execute(db)
  return rows[0]?.busy === false
}
