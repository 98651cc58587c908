import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { filterColumns } from './filters.ts'
import type { SlotRow } from './slots.ts'
import { editionsTelling, threadsLinkedToMatches, threadsOfMatches, toldLast } from './told-last.ts'

/**
 * Opens a window for every follower of a slot, once per civil date and run of the slot: from the end of the window before, or from the
 * reader's return, to the slot's position, with the editions that this reader was sent on its stories. A weekly digest sums up, so its list is empty.
 * A reader with several subscriptions of a slot gets one window at a time: what the first one tells, the next one knows. Those of
 * a reader who has paused all mail are closed at once. Returns how many windows are new.
 */
export async function openWindows(tx: Tx, slot: SlotRow): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into windows (subscription_id, kind, civil_date, slot_id, run, from_position, to_position, reason)
    select distinct on (s.subscriber_id) s.id, ${slot.cadence}, ${slot.civil_date}, ${slot.id}, ${slot.runs}, span.start, ${slot.to_position},
      case when p.paused_until > ${slot.due_at} then ${paused} end
    from subscriptions s
    join subscribers p on p.id = s.subscriber_id
    cross join lateral (
      select greatest(s.from_position, (select max(w.to_position) from windows w where w.subscription_id = s.id)) as start
    ) span
    where s.state = 'active' and s.cadence = ${slot.cadence} and s.local_time = ${slot.local_time}
      and s.zone = ${slot.zone} and s.confirmed_at < ${slot.due_at} and span.start <= ${slot.to_position}
      and (s.cadence <> 'weekly' or s.weekday = extract(isodow from ${slot.civil_date}::date))
      and not exists (select 1 from windows w
        where w.subscription_id = s.id and w.civil_date = ${slot.civil_date} and w.kind = ${slot.cadence}
          and (w.slot_id is distinct from ${slot.id} or w.run = ${slot.runs}))
    order by s.subscriber_id, s.ordinal
    on conflict (subscription_id, civil_date, kind, run) do nothing`.execute(tx)
  if (numAffectedRows) {
    await noteCorrected(tx, slot.id)
    if (slot.cadence !== 'weekly') await noteTold(tx, slot)
  }
  return Number(numAffectedRows)
}

/**
 * Notes in new windows which editions of the last days their readers were sent on the threads of the window's stories, and on
 * those with claims alike to theirs: what is new to them depends on it.
 */
async function noteTold(tx: Tx, { id, due_at }: SlotRow): Promise<void> {
  const ofSlot = sql`w.slot_id = ${id} and w.edition_id is null and w.reason is null`
  const which = sql`m.position > (select min(from_position) from windows w where ${ofSlot})
    and m.position <= (select max(to_position) from windows w where ${ofSlot})`
  const threads = sql`${threadsOfMatches(which)} union ${threadsLinkedToMatches(which)}`
  await sql`
    with telling as (${editionsTelling(threads, due_at)}),
    told as (
      select w.subscription_id, array_agg(distinct d.edition_id order by d.edition_id) as editions
      from windows w
      join subscriptions s on s.id = w.subscription_id
      join deliveries d on d.subscriber_id = s.subscriber_id and d.state not in ('failed', 'skipped')
      join telling on telling.id = d.edition_id
      where ${ofSlot}
      group by w.subscription_id)
    update windows w set told = told.editions from told
    where ${ofSlot} and w.subscription_id = told.subscription_id`.execute(tx)
}

/** Why a window of the days of a mail pause has no mail. */
export const pausedWindow = 'the reader has paused all mail'
const paused = sql.lit(pausedWindow)

/**
 * Where the changes begin that a window `w` of a reader `r` corrects: at its own beginning, or at the end of the last window before a
 * pause, whose corrections were kept back with it.
 */
const correctsFrom = sql`
  case when r.paused_until is null then w.from_position else coalesce((
    select max(e.to_position) from windows e
    where e.subscription_id = w.subscription_id and e.civil_date <> w.civil_date and e.to_position <= w.from_position
      and e.reason is distinct from ${paused}), w.from_position) end`

/** Notes in new windows what their readers were told last of each takeaway that changed within the window. */
async function noteCorrected(tx: Tx, slot: number): Promise<void> {
  const ofSlot = sql`w.slot_id = ${slot} and w.edition_id is null and w.reason is null`
  const changed = sql`(
    select lineage, position from takeaway_changes
    where position > (
        select min(${correctsFrom}) from windows w
        join subscriptions s on s.id = w.subscription_id join subscribers r on r.id = s.subscriber_id where ${ofSlot})
      and position <= (select max(to_position) from windows where slot_id = ${slot})) c`
  const subscriptions = sql`
    join subscriptions s on s.subscriber_id = d.subscriber_id
    join subscribers r on r.id = s.subscriber_id
    join windows w on w.subscription_id = s.id and ${ofSlot}
      and c.position > ${correctsFrom} and c.position <= w.to_position`
  await sql`
    update windows w set corrected = told.takeaways from (${toldLast(changed, subscriptions)}) told
    where w.slot_id = ${slot} and w.subscription_id = told.subscription_id and w.edition_id is null and w.reason is null`.execute(
    tx,
  )
}

/** Windows of one slot that get the same edition: one filter, length and end, the same matches on its topics, told the same before. */
export type Group = SubscriptionFilter & {
  subscriptions: number[]
  minutes: number | null
  quiet_mail: boolean
  from_position: number
  to_position: number
  /** The editions on its stories that these readers were sent, and what they were told last of that which has changed. */
  told: number[]
  corrected: number[]
}

/**
 * The groups of a slot that have neither an edition nor a reason for having none, those with the most readers first. Windows that begin
 * between the same two matches on their topics have one beginning: the first of these matches, or the earliest beginning in the slot.
 */
export async function openGroups(tx: Tx, slot: number): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with own as materialized (
      select ${filterColumns}, s.minutes, s.quiet_mail, s.id, w.from_position as begun, w.to_position, w.told, w.corrected
      from windows w join subscriptions s on s.id = w.subscription_id
      where w.slot_id = ${slot} and w.edition_id is null and w.reason is null),
    first as (select min(begun) as position from own),
    starts as (
      select topics, begun, coalesce((
        select max(m.position) from matches m where m.origin = 'live' and m.topic = any(begins.topics)
          and m.position <= begins.begun and m.position > first.position), first.position) as from_position
      from (select distinct topics, begun from own) begins cross join first)
    select ${sql.raw(choiceColumns)}, from_position, to_position, told, corrected, array_agg(id order by id) as subscriptions
    from own join starts using (topics, begun)
    group by ${sql.raw(choiceColumns)}, from_position, to_position, told, corrected
    order by count(*) desc, min(id)`.execute(tx)
  return rows
}

const choiceColumns = 'topics, all_topics, min_score, feeds, places, languages, minutes, quiet_mail'

/** The group of the window that a subscription has in a slot, or the reason why that window has no mail. */
export async function groupOfSubscription(
  tx: Tx,
  slot: number,
  subscription: number,
): Promise<{ group: Group | null; reason: string | null } | undefined> {
  const { rows } = await sql<Group & { reason: string | null }>`
    select ${filterColumns}, s.minutes, s.quiet_mail, w.from_position, w.to_position, w.told, w.corrected,
      array[s.id] as subscriptions, w.reason
    from windows w join subscriptions s on s.id = w.subscription_id
    where w.slot_id = ${slot} and w.subscription_id = ${subscription} order by w.run desc limit 1`.execute(tx)
  const [row] = rows
  return row && { group: row.reason === null ? row : null, reason: row.reason }
}

const ofGroup = ({ id, cadence, civil_date }: SlotRow, { subscriptions }: Group) => sql`
  w.subscription_id = any(${subscriptions}::bigint[]) and w.civil_date = ${civil_date} and w.kind = ${cadence}
  and w.slot_id = ${id} and w.edition_id is null and w.reason is null`

/** Since when the windows of a group tell: the time of the digest before, or of the confirmation; the earliest of its readers. */
export async function groupSince(tx: Tx, slot: SlotRow, group: Group): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ since: Temporal.Instant | null }>`
    select min(greatest(s.confirmed_at, last.due_at)) as since
    from windows w join subscriptions s on s.id = w.subscription_id
    left join lateral (
      select l.due_at from windows v join slots l on l.id = v.slot_id
      where v.subscription_id = s.id and v.kind = w.kind and v.civil_date < w.civil_date
      order by v.civil_date desc limit 1) last on true
    where ${ofGroup(slot, group)}`.execute(tx)
  return rows[0]?.since ?? null
}

/** Closes the windows of a group without a mail, with the reason. */
export async function closeEmpty(tx: Tx, slot: SlotRow, group: Group, reason: string): Promise<void> {
  await sql`update windows w set reason = ${reason} where ${ofGroup(slot, group)}`.execute(tx)
}

/** Binds the windows of a group to its edition: a statement of (subscription_id), whose readers are the audience of the edition. */
export const bindingGroup = (slot: SlotRow, group: Group, edition: number) => sql`
  update windows w set edition_id = ${edition} where ${ofGroup(slot, group)} returning w.subscription_id`
