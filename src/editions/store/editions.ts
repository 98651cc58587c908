import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { UserError } from '../../platform/user-error.ts'

export type Edition = Selectable<Tables['editions']>

/** An edition without its body, for lists. */
export type EditionRow = Pick<
  Edition,
  'id' | 'key' | 'slug' | 'kind' | 'subject' | 'takeaways' | 'topics' | 'closed_at'
>

/** The edition with this key or slug (the name of its web copy). Text that can be neither is not looked up. */
export async function findEdition(db: Db, key: string): Promise<Edition | undefined> {
  if (!/^[\w-]{1,100}$/.test(key)) return undefined
  return db
    .selectFrom('editions')
    .selectAll()
    .where((eb) => eb.or([eb('key', '=', key), eb('slug', '=', key)]))
    .executeTakeFirst()
}

/**
 * The edition with this key or slug.
 * @throws UserError when there is none
 */
export async function knownEdition(db: Db, key: string): Promise<Edition> {
  const edition = await findEdition(db, key)
  if (!edition) throw new UserError(`There is no edition ${key}; see \`sitrep editions list\`.`)
  return edition
}

/** The editions with these ids; an id without one is left out. */
export async function editionsById(db: Db, ids: number[]): Promise<Edition[]> {
  if (!ids.length) return []
  return db.selectFrom('editions').selectAll().where('id', 'in', ids).execute()
}

/** At most `limit` editions with an id below `before`, newest first. */
export async function listEditions(
  db: Db,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<EditionRow[]> {
  let query = db
    .selectFrom('editions')
    .select(['id', 'key', 'slug', 'kind', 'subject', 'takeaways', 'topics', 'closed_at'])
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** An edition that is frozen, by what its deliveries need of it. */
export type FrozenEdition = Pick<Edition, 'id' | 'key' | 'kind'>

/** The frozen edition with this key. */
export async function findFrozen(tx: Tx, key: string): Promise<FrozenEdition | undefined> {
  return tx.selectFrom('editions').select(['id', 'key', 'kind']).where('key', '=', key).executeTakeFirst()
}

/** Freezes an edition and records its original sending. When an edition has this key already, it is returned unchanged. */
export async function freezeEdition(
  tx: Tx,
  edition: Insertable<Tables['editions']>,
  reason: string,
): Promise<FrozenEdition> {
  const added = await tx
    .with('added', (db) =>
      db
        .insertInto('editions')
        .values(edition)
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning(['id', 'key', 'kind', 'closed_at']),
    )
    .with('sent', (db) =>
      db
        .insertInto('sendings')
        .columns(['edition_id', 'n', 'reason', 'actor', 'at'])
        .expression((eb) =>
          eb
            .selectFrom('added')
            .select([
              'id',
              sql.lit(0).as('n'),
              sql`${reason}::text`.as('reason'),
              sql.lit('sitrep').as('actor'),
              'closed_at',
            ]),
        ),
    )
    .selectFrom('added')
    .select(['id', 'key', 'kind'])
    .executeTakeFirst()
  const frozen = added ?? (await findFrozen(tx, edition.key))
  if (!frozen) throw new Error(`The edition ${edition.key} was neither added nor found.`)
  return frozen
}

/** The sendings of one edition in order: the original and every resend, each with its reason. */
export async function listSendings(db: Db, edition: number): Promise<Selectable<Tables['sendings']>[]> {
  return db.selectFrom('sendings').selectAll().where('edition_id', '=', edition).orderBy('n').execute()
}

/** The number of the sending that was recorded for this request, if any. */
export async function sendingOf(db: Db, requestKey: string): Promise<number | undefined> {
  const row = await db.selectFrom('sendings').select('n').where('request_key', '=', requestKey).executeTakeFirst()
  return row?.n
}

/** The number of the last sending of an edition; 0 is the original one. */
export async function lastSendingOf(db: Db, edition: number): Promise<number> {
  const { n } = await db
    .selectFrom('sendings')
    .select((eb) => eb.fn.max<number | null>('n').as('n'))
    .where('edition_id', '=', edition)
    .executeTakeFirstOrThrow()
  return n ?? 0
}

/**
 * Records one more sending of an edition and returns its number.
 * @throws when a sending was recorded for `requestKey` before; ask `sendingOf` first
 */
export async function addSending(
  tx: Tx,
  edition: number,
  sending: { reason: string; actor: string; requestKey?: string; at: Temporal.Instant },
): Promise<number> {
  await lockEdition(tx, edition)
  const { n } = await tx
    .insertInto('sendings')
    .values((eb) => ({
      edition_id: edition,
      n: eb
        .selectFrom('sendings')
        .select(sql<number>`coalesce(max(n), -1) + 1`.as('n'))
        .where('edition_id', '=', edition),
      reason: sending.reason,
      actor: sending.actor,
      request_key: sending.requestKey ?? null,
      at: sending.at,
    }))
    .onConflict((conflict) => conflict.column('request_key').doNothing())
    .returning('n')
    .executeTakeFirstOrThrow()
  return n
}

/**
 * The sending of the present minute for mails that readers cause: readers of one minute share it, so that each of them need not lock
 * the edition. Two that begin a minute together make two sendings, which does no harm.
 */
export async function sendingOfMinute(
  tx: Tx,
  edition: number,
  sending: { reason: string; actor: string; at: Temporal.Instant },
): Promise<number> {
  const { reason, actor, at } = sending
  const shared = await tx
    .selectFrom('sendings')
    .select('n')
    .where('edition_id', '=', edition)
    .where('reason', '=', reason)
    .where('actor', '=', actor)
    .where('at', '>', at.subtract({ minutes: 1 }))
    .where('at', '<=', at)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  return shared?.n ?? addSending(tx, edition, sending)
}

/** Locks an edition until the transaction ends: one action on an edition at a time. */
export async function lockEdition(tx: Tx, edition: number): Promise<void> {
  await tx.selectFrom('editions').select('id').where('id', '=', edition).forUpdate().execute()
}
