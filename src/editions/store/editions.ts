import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type Edition = Selectable<Tables['editions']>

/** By its key or by the name of its web copy; what cannot be either is not asked for. */
export async function findEdition(db: Db, key: string): Promise<Edition | undefined> {
  if (!/^[\w-]{1,100}$/.test(key)) return undefined
  return db
    .selectFrom('editions')
    .selectAll()
    .where((eb) => eb.or([eb('key', '=', key), eb('slug', '=', key)]))
    .executeTakeFirst()
}

/** Freezes an edition with its original sending; one that is there already is returned as it is. */
export async function freezeEdition(tx: Tx, edition: Insertable<Tables['editions']>, reason: string): Promise<Edition> {
  await tx
    .insertInto('editions')
    .values(edition)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const frozen = (await findEdition(tx, edition.key))!
  await tx
    .insertInto('sendings')
    .values({ edition_id: frozen.id, n: 0, reason, actor: 'sitrep', at: edition.closed_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return frozen
}

/** Records one more act of sending and returns its number; undefined when this request was carried out before. */
export async function addSending(
  tx: Tx,
  edition: number,
  act: { reason: string; actor: string; requestKey?: string; at: Temporal.Instant },
): Promise<number | undefined> {
  await lockEdition(tx, edition)
  const row = await tx
    .insertInto('sendings')
    .values((eb) => ({
      edition_id: edition,
      n: eb
        .selectFrom('sendings')
        .select(sql<number>`coalesce(max(n), -1) + 1`.as('n'))
        .where('edition_id', '=', edition),
      reason: act.reason,
      actor: act.actor,
      request_key: act.requestKey ?? null,
      at: act.at,
    }))
    .onConflict((conflict) => conflict.column('request_key').doNothing())
    .returning('n')
    .executeTakeFirst()
  return row?.n
}

/** One act on an edition at a time. */
export async function lockEdition(tx: Tx, edition: number): Promise<void> {
  await tx.selectFrom('editions').select('id').where('id', '=', edition).forUpdate().execute()
}

export async function sendingOf(db: Db, requestKey: string): Promise<number | undefined> {
  const row = await db.selectFrom('sendings').select('n').where('request_key', '=', requestKey).executeTakeFirst()
  return row?.n
}

export async function listEditions(
  db: Db,
  limit: number,
): Promise<Omit<Edition, 'html' | 'text' | 'paused_at' | 'pause_reason'>[]> {
  return db
    .selectFrom('editions')
    .select(['id', 'key', 'slug', 'kind', 'subject', 'takeaways', 'topics', 'slot_id', 'closed_at'])
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
