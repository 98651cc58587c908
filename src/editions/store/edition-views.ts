import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** The kinds that anybody may read on the web; the others are letters to one reader. */
export const publicKinds: readonly EditionKind[] = ['alert', 'daily', 'weekly', 'welcome']

/** An edition without its body: what a listing needs. */
export type EditionRow = Pick<
  Selectable<Tables['editions']>,
  'id' | 'key' | 'slug' | 'kind' | 'subject' | 'topics' | 'closed_at'
>

/** Editions, newest first, from just before the id `before` on. */
export async function listEditionRows(
  db: Db,
  page: { before?: number | undefined; limit: number; kinds?: readonly EditionKind[] },
): Promise<EditionRow[]> {
  return db
    .selectFrom('editions')
    .select(['id', 'key', 'slug', 'kind', 'subject', 'topics', 'closed_at'])
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before!))
    .$if(page.kinds !== undefined, (query) => query.where('kind', 'in', page.kinds!))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** The acts of sending of one edition: the original and every confirmed resend, with its reason. */
export async function listSendings(db: Db, edition: number): Promise<Selectable<Tables['sendings']>[]> {
  return db.selectFrom('sendings').selectAll().where('edition_id', '=', edition).orderBy('n').execute()
}
