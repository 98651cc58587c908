import type { Db } from '../../platform/db/db.ts'
import type { Edition } from './editions.ts'

/** Editions by their ids, those that are there. */
export async function editionsById(db: Db, ids: number[]): Promise<Edition[]> {
  if (!ids.length) return []
  return db.selectFrom('editions').selectAll().where('id', 'in', ids).execute()
}
