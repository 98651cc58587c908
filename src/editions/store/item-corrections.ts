import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { ItemCorrectionFacts } from '../mail/item-correction-view.ts'
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

/** The id of the correction with this note of an item, if it was sent before. */
export async function findCorrection(db: Db, item: number, note: string): Promise<number | undefined> {
  const query = db.selectFrom('corrections').select('id').where('item_id', '=', item).where('note', '=', note)
  return (await query.executeTakeFirst())?.id
}

/** Saves a correction and returns its id. */
export async function saveCorrection(tx: Tx, correction: Insertable<Tables['corrections']>): Promise<number> {
  const { id } = await tx.insertInto('corrections').values(correction).returning('id').executeTakeFirstOrThrow()
  return id
}

/** The notes of an item's corrections, the last one first. */
export async function correctionsOfItem(db: Db, item: number): Promise<{ note: string; at: Temporal.Instant }[]> {
  const query = db.selectFrom('corrections').select(['note', 'at']).where('item_id', '=', item)
  return query.orderBy('id', 'desc').execute()
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
