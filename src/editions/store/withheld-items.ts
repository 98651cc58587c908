import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Withheld } from '../../platform/db/tables/feeds.ts'
import { withheldAmong } from '../../platform/db/withheld.ts'
import { UserError } from '../../platform/user-error.ts'

/** An item as an admin names it, and what was done with it. */
export type ItemState = {
  id: number
  title: string
  withheld: Withheld | null
  withheld_reason: string | null
  withheld_at: Temporal.Instant | null
  /** When a poll brought it. */
  seen: Temporal.Instant
}

const columns = ['id', 'title', 'withheld', 'withheld_reason', 'withheld_at', 'first_seen_at as seen'] as const

export async function findItem(db: Db, id: number): Promise<ItemState | undefined> {
  return db.selectFrom('items').select(columns).where('id', '=', id).executeTakeFirst()
}

/**
 * The item with this id.
 * @throws UserError when there is none
 */
export async function knownItem(db: Db, id: number): Promise<ItemState> {
  const item = await findItem(db, id)
  if (!item)
    throw new UserError(`There is no item ${id}. The number of an item stands in the address of its page, /items/N.`)
  return item
}

/** Locks an item until the transaction ends: one act on an item at a time. */
export async function lockKnownItem(tx: Tx, id: number): Promise<ItemState> {
  await tx.selectFrom('items').select('id').where('id', '=', id).forUpdate().execute()
  return knownItem(tx, id)
}

/** An item in a list, with its feed. */
export type ListedItem = ItemState & { url: string | null; feed: string }

/** The newest items, or the newest of those that are `withheld`. */
export async function listItems(
  db: Db,
  { withheld, limit }: { withheld?: boolean | undefined; limit: number },
): Promise<ListedItem[]> {
  const { rows } = await sql<ListedItem>`
    select i.id, i.title, i.withheld, i.withheld_reason, i.withheld_at, i.url, coalesce(nullif(f.title, ''), f.url) as feed,
      i.first_seen_at as seen
    from items i join feeds f on f.id = i.feed_id ${withheld ? sql`where i.withheld is not null` : sql``}
    order by i.id desc limit ${limit}`.execute(db)
  return rows
}

export async function setWithheld(
  tx: Tx,
  id: number,
  { as, reason, now }: { as: Withheld; reason: string; now: Temporal.Instant },
): Promise<void> {
  const row = { withheld: as, withheld_reason: reason, withheld_at: now }
  await tx.updateTable('items').set(row).where('id', '=', id).execute()
}

/** The withheld ones among the items of some editions, as `withheldAmong` gives them. */
export async function withheldIn(db: Db, editions: number[]): Promise<ItemState[]> {
  if (editions.length === 0) return []
  const { rows } = await sql<ItemState>`
    select distinct i.id, i.title, i.withheld, i.withheld_reason, i.withheld_at from ${withheldAmong(editions)}
    order by i.id`.execute(db)
  return rows
}

/** What stands in the ledger for a mail that was kept back; the reader gets the rest of it in another mail. */
export const withheldReason = 'an item was withheld'

/**
 * How many mails were kept back, to how many readers, and of which editions (slugs); for `again` of the readers the rest is composed
 * again.
 */
export type KeptBack = { mails: number; readers: number; editions: string[]; again: number }

/**
 * Skips all mails with an item that are not begun. Their readers get the rest: the windows of their digests are open again, with
 * their slots, and so is the welcome; the other takeaways of an alert wait for them until now. Who was sent another copy of
 * the same edition gets nothing more. The caller holds `stopComposing`.
 */
export async function keepBack(tx: Tx, item: number, now: Temporal.Instant): Promise<KeptBack> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<KeptBack>`/* keep_back */
    with skipped as (
      update deliveries d set state = 'skipped', reason = ${withheldReason}, due_at = null, at = ${at}
      from editions e
      where e.items @> array[${item}::bigint] and e.kind <> 'correction' and d.edition_id = e.id
        and d.state in ('due', 'deferred', 'claimed')
      returning d.edition_id, d.subscriber_id, d.subscription_id, e.kind),
    owed as (
      select distinct s.* from skipped s
      where s.subscription_id is not null and not exists (
        select 1 from deliveries had where had.edition_id = s.edition_id and had.subscriber_id = s.subscriber_id
          and had.state in ('submitted', 'accepted', 'unknown'))),
    windows_again as (
      update windows w set edition_id = null from owed
      where owed.kind in ('daily', 'weekly') and w.subscription_id = owed.subscription_id and w.edition_id = owed.edition_id
      returning w.slot_id),
    slots_again as (
      update slots set state = 'open' where id in (select slot_id from windows_again)),
    welcomes_again as (
      delete from windows w using owed
      where owed.kind = 'welcome' and w.kind = 'welcome' and w.subscription_id = owed.subscription_id),
    alerts_again as (
      insert into alert_waits (subscription_id, lineage, reason, due_at)
      select distinct owed.subscription_id, t.lineage, 'changed', ${at}
      from owed join editions e on e.id = owed.edition_id
      cross join lateral unnest(e.takeaways || e.corrected) as told (takeaway)
      join takeaways t on t.id = told.takeaway
      where owed.kind = 'alert' and t.item_id <> ${item}
      on conflict (subscription_id, lineage) do nothing)
    select (select count(*) from skipped) as mails, (select count(distinct subscriber_id) from skipped) as readers,
      array(select slug from editions where id in (select edition_id from skipped) order by id) as editions,
      (select count(distinct subscriber_id) from owed) as again`.execute(tx)
  return rows[0] ?? { mails: 0, readers: 0, editions: [], again: 0 }
}

/** Which mails can tell an item: `alert` both alerts and digests. `old` is in no mail, and `no match` is on no topic. */
export type MailsOfItem = 'alert' | 'digest' | 'old' | 'no match'

export async function mailsThatTell(db: Db, item: number): Promise<MailsOfItem> {
  const { rows } = await sql<{ by: MailsOfItem }>`
    select case when i.backfill then 'old'
      when not exists (select 1 from matches m join takeaways matched on matched.id = m.takeaway_id
        join takeaways t on t.wording = matched.wording and t.current
        where m.item_id = i.id and m.origin = 'live' and m.via <> 'passage') then 'no match'
      when i.late or f.digest_only then 'digest' else 'alert' end as by
    from items i join feeds f on f.id = i.feed_id where i.id = ${item}`.execute(db)
  return rows[0]?.by ?? 'no match'
}

/**
 * Releases a held item: its matches get new positions, so that what was composed in the meantime leaves nobody without it. What
 * readers were told of it counts as changed then, and they are told only what is new to them.
 */
export async function releaseHeld(tx: Tx, item: number, now: Temporal.Instant): Promise<void> {
  const free = { withheld: null, withheld_reason: null, withheld_at: null }
  await tx.updateTable('items').set(free).where('id', '=', item).execute()
  await tx
    .updateTable('matches')
    .set({ position: null })
    .where('item_id', '=', item)
    .where('origin', '=', 'live')
    .execute()
  await sql`
    insert into takeaway_changes (lineage, item_id, feed_id, at, alert_at)
    select distinct t.lineage, i.id, i.feed_id, ${now.toString()}::timestamptz, ${now.toString()}::timestamptz
    from items i join takeaways t on t.item_id = i.id
    where i.id = ${item} and exists (select 1 from editions e where e.takeaways @> array[t.id])`.execute(tx)
}
