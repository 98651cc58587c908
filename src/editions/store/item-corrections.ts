import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { correctsTakeaway } from '../../platform/db/report-of-takeaway.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { UserError } from '../../platform/user-error.ts'
import type { ItemCorrectionFacts } from '../mail/item-correction-view.ts'
import type { CorrectedReport } from '../mail/web-copy.ts'
import type { Wrong } from './readers-of-item.ts'
import { knownItem } from './withheld-items.ts'

/**
 * An item as its correction names it.
 * @throws UserError when there is none
 */
export async function itemToCorrect(db: Db, id: number): Promise<ItemCorrectionFacts['item']> {
  const { title, withheld } = await knownItem(db, id)
  const { feed } = await db
    .selectFrom('items as i')
    .innerJoin('feeds as f', 'f.id', 'i.feed_id')
    .select(sql<string>`coalesce(nullif(f.title, ''), f.host)`.as('feed'))
    .where('i.id', '=', id)
    .executeTakeFirstOrThrow()
  return { id, title, feed, withheld }
}

/**
 * The id of the correction with this note of an item, if it was sent before.
 * @throws UserError when it was sent for other takeaways
 */
export async function findCorrection(db: Db, { item, wordings }: Wrong, note: string): Promise<number | undefined> {
  const query = db.selectFrom('corrections').select(['id', 'wordings']).where('item_id', '=', item)
  const found = await query.where('note', '=', note).executeTakeFirst()
  if (found && new Set(found.wordings).symmetricDifference(new Set(wordings)).size > 0)
    throw new UserError(`This note of item ${item} was sent for other takeaways. Write another note.`)
  return found?.id
}

/** A takeaway of an item that a mail told, in one of its wordings; `id` is the first takeaway with these words. */
export type ToldWording = { id: number; text: string }

/** The wordings of an item that mails told, in the order of its report. */
export async function toldWordings(db: Db, item: number): Promise<ToldWording[]> {
  const { rows } = await sql<ToldWording>`
    select t.wording as id, min(t.text) as text from takeaways t
    where t.item_id = ${item} and exists (
      select 1 from editions e where e.takeaways @> array[t.id] and e.kind <> 'correction')
    group by t.wording order by min(t.revision_id), min(t.ordinal)`.execute(db)
  return rows
}

/**
 * The wordings of these takeaways of an item.
 * @throws UserError when a number is none of its takeaways
 */
export async function wordingsOf(db: Db, item: number, takeaways: number[]): Promise<number[]> {
  if (takeaways.length === 0) return []
  const query = db.selectFrom('takeaways').select(['id', 'wording']).where('item_id', '=', item)
  const found = new Map((await query.where('id', 'in', takeaways).execute()).map(({ id, wording }) => [id, wording]))
  const unknown = takeaways.find((id) => !found.has(id))
  if (unknown !== undefined)
    throw new UserError(
      `Item ${item} has no takeaway ${unknown}. With --dry-run, the command lists those that mails told.`,
    )
  return [...new Set(found.values())].sort((a, b) => a - b)
}

/** Saves a correction and returns its id. */
export async function saveCorrection(tx: Tx, correction: Insertable<Tables['corrections']>): Promise<number> {
  const { id } = await tx.insertInto('corrections').values(correction).returning('id').executeTakeFirstOrThrow()
  return id
}

/** A correction of an item, with the words that were wrong; none where it is about the whole item. */
type CorrectionOfItem = { note: string; at: Temporal.Instant; quotes: string[] }

/** An item's corrections, the last one first. */
export async function correctionsOfItem(db: Db, item: number): Promise<CorrectionOfItem[]> {
  const { rows } = await sql<CorrectionOfItem>`
    select note, at, array(select text from takeaways where id = any(c.wordings) order by id) as quotes
    from corrections c where item_id = ${item} order by id desc`.execute(db)
  return rows
}

/** The corrections of what an edition told, made since it was closed, with the reports; the first one first. */
export async function correctedSince(db: Db, edition: number): Promise<CorrectedReport[]> {
  const { rows } = await sql<CorrectedReport>`
    select i.title, x.note, x.at
    from editions e cross join lateral unnest(e.items) as named (item)
    join corrections x on x.item_id = named.item and x.at > e.closed_at
    join items i on i.id = x.item_id
    where e.id = ${edition} and e.kind <> 'correction' and (x.wordings = '{}' or exists (
      select 1 from unnest(e.takeaways || e.corrected) as told (id) join takeaways t on t.id = told.id
      where t.item_id = i.id and ${correctsTakeaway}))
    order by x.id`.execute(db)
  return rows
}

export async function hasDeliveries(db: Db, edition: number): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('edition_id', '=', edition)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
