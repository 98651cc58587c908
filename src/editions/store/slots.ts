import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { Schedule, Slot } from '../rules/schedule.ts'
import { withheldReason } from './withheld-items.ts'

export type SlotRow = Selectable<Tables['slots']>

type ScheduleRow = Pick<SlotRow, 'cadence' | 'local_time' | 'zone'> & {
  weekday: number
  last: string | null
  since: Temporal.Instant
}

/**
 * The schedules of all active digests; `last` is the date of the latest slot that is due, `since` when the first follower confirmed. Daily
 * digests come on every day, so that their weekdays are one.
 */
export async function schedulesInUse(
  db: Db,
  now: Temporal.Instant,
): Promise<(Schedule & { last: string | null; since: Temporal.Instant })[]> {
  const { rows } = await sql<ScheduleRow>`
    select cadence, local_time, zone, weekday, since, (
      select max(civil_date) from slots
      where slots.cadence = used.cadence and slots.local_time = used.local_time and slots.zone = used.zone
        and slots.due_at <= ${now.toString()}::timestamptz
        and (used.cadence = 'daily' or extract(isodow from slots.civil_date::date) = used.weekday)) as last
    from (select cadence, local_time, zone, case when cadence = 'weekly' then weekday else 1 end as weekday,
        min(confirmed_at) as since
      from subscriptions where state = 'active' and cadence in ('daily', 'weekly') group by 1, 2, 3, 4) used`.execute(
    db,
  )
  return rows.map(({ local_time: localTime, ...rest }) => ({ localTime, ...rest }))
}

/** Opens a slot, or records it as missed; its row is unique, so any number of workers may try. False when it was there. */
export async function openSlot(
  tx: Tx,
  slot: Slot,
  { toPosition, state, now }: { toPosition: number; state: 'open' | 'missed'; now: Temporal.Instant },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('slots')
    .values({
      cadence: slot.cadence,
      local_time: slot.localTime,
      zone: slot.zone,
      civil_date: slot.civilDate,
      due_at: slot.dueAt,
      to_position: toPosition,
      opened_at: now,
      state,
    })
    .onConflict((conflict) => conflict.columns(['cadence', 'local_time', 'zone', 'civil_date']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** When the oldest revision was saved that waits for its first reading; undefined when there is none. */
export async function oldestUnread(db: Db): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('revisions')
    .select('saved_at')
    .where('state', '=', 'unread')
    .where('attempts', '<=', 1)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.saved_at
}

/** The dates of a schedule before a slot, and after the one that was composed last, whose digests were missed; oldest first. */
export async function missedBefore(db: Db, slot: SlotRow): Promise<Pick<SlotRow, 'civil_date' | 'due_at'>[]> {
  const before = sql`cadence = ${slot.cadence} and local_time = ${slot.local_time} and zone = ${slot.zone}
    and civil_date < ${slot.civil_date}::date
    and (cadence = 'daily' or extract(isodow from civil_date) = extract(isodow from ${slot.civil_date}::date))`
  const { rows } = await sql<Pick<SlotRow, 'civil_date' | 'due_at'>>`
    select civil_date, due_at from slots
    where ${before} and state = 'missed' and civil_date > coalesce((
      select civil_date from slots where ${before} and state = 'composed' order by civil_date desc limit 1), '-infinity')
    order by civil_date`.execute(db)
  return rows
}

/** The slots that are due and not composed yet, the one due first at the top. */
export async function openSlots(db: Db, now: Temporal.Instant): Promise<SlotRow[]> {
  return db
    .selectFrom('slots')
    .selectAll()
    .where('state', '=', 'open')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .execute()
}

/**
 * Lets a slot that was recorded as missed or composed be composed once more when it is due: at the state of the stream then.
 * Returns the slot; undefined when there is none, or it is open.
 */
export async function openAgain(tx: Tx, id: number): Promise<SlotRow | undefined> {
  return tx
    .updateTable('slots')
    .set({ state: 'open', opened_at: null, runs: sql`runs + 1` })
    .where('id', '=', id)
    .where('state', '<>', 'open')
    .returningAll()
    .executeTakeFirst()
}

/** A condition for slots that were opened again, are due, and have no position yet up to which they are composed. */
const isOpenedAgain = (now: Temporal.Instant) =>
  sql<boolean>`state = 'open' and opened_at is null and runs > 0 and due_at <= ${now.toString()}::timestamptz`

export async function hasOpenedAgain(db: Db, now: Temporal.Instant): Promise<boolean> {
  const slot = await db.selectFrom('slots').select('id').where(isOpenedAgain(now)).limit(1).executeTakeFirst()
  return slot !== undefined
}

/** Gives the slots that were opened again, and are due, the position up to which they are composed. */
export async function beginOpenedAgain(tx: Tx, toPosition: number, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('slots').set({ to_position: toPosition, opened_at: now }).where(isOpenedAgain(now)).execute()
}

/** Deliveries that a slot made, but those that were taken back because of a withheld item: their readers get another digest. */
const ofSlot = sql`sending = 0 and (state <> 'skipped' or reason is distinct from ${withheldReason})`

/** The slots that are due last, the last one first, with how many subscriptions have a digest of each. */
export async function listSlots(db: Db, limit: number): Promise<(SlotRow & { mailed: number })[]> {
  const { rows } = await sql<SlotRow & { mailed: number }>`
    with shown as materialized (select * from slots order by due_at desc, id desc limit ${limit}),
    counted as (
      select slot_id, sum(n)::bigint as n from (
        select e.slot_id, c.n from editions e
        join lateral (select sum(count) as n from edition_counts where edition_id = e.id and ${ofSlot}) c on true
        where e.slot_id = any(array(select id from shown)) and not exists (select from open_editions o where o.edition_id = e.id)
        union all
        select e.slot_id, d.n from open_editions o join editions e on e.id = o.edition_id and e.slot_id is not null
        cross join lateral (select count(*) as n from deliveries where edition_id = o.edition_id and ${ofSlot}) d) made
      group by slot_id)
    select shown.*, coalesce(counted.n, 0) as mailed from shown left join counted on counted.slot_id = shown.id
    order by due_at desc, shown.id desc`.execute(db)
  return rows
}

/** Locks an open slot; undefined when another worker has the lock, or the slot is composed. */
export async function lockSlot(tx: Tx, id: number): Promise<SlotRow | undefined> {
  return tx
    .selectFrom('slots')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function closeSlot(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('slots').set({ state: 'composed' }).where('id', '=', id).execute()
}

/** How many slots that were due after `since` were missed. */
export async function countMissedSlots(db: Db, since: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('slots')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'missed')
    .where('due_at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}
