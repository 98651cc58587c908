import { type Selectable, sql } from 'kysely'
import { suppressionHash } from '../../platform/address.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { keepOnce, readSetting } from '../../platform/db/settings.ts'
import type { SuppressionReason } from '../../platform/db/tables/readers.ts'
import { newSecretKey } from '../rules/token.ts'

const setting = 'suppression_key'

/** The key of the hashes. It is never rotated: the addresses are not stored, so they cannot be hashed again. */
export async function suppressionKey(db: Db): Promise<string> {
  return (await readSetting<string>(db, setting)) ?? (await keepOnce(db, setting, newSecretKey()))
}

/** The key of the hashes for a plan, which stores nothing; null where no address was ever hashed. */
export async function storedSuppressionKey(db: Db): Promise<string | null> {
  return (await readSetting<string>(db, setting)) ?? null
}

/** True when this address must never be mailed. */
export async function isSuppressed(db: Db, email: string): Promise<boolean> {
  const hash = suppressionHash(await suppressionKey(db), email)
  const row = await db.selectFrom('suppressions').select('hash').where('hash', '=', hash).executeTakeFirst()
  return row !== undefined
}

/** The suppressed ones among these addresses (`addressKey`). */
export async function suppressedAddresses(db: Db, emails: string[]): Promise<Set<string>> {
  const key = await suppressionKey(db)
  const byHash = new Map(emails.map((email) => [suppressionHash(key, email), email]))
  const { rows } = await sql<{ hash: string }>`
    select hash from suppressions where hash = any(${[...byHash.keys()]}::text[])`.execute(db)
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []))
}

/** An address to suppress with its reader, why, and what the server said, without addresses. */
export type NewSuppression = { email: string; subscriber: number | null; reason: SuppressionReason; words: string }

/** Makes sure that an address is never mailed again; the first reason stays, unless the reader complains. */
export async function suppress(
  tx: Tx,
  { email, subscriber, reason, words }: NewSuppression,
  now: Temporal.Instant,
): Promise<void> {
  const row = { reason, words: words.slice(0, 300), subscriber_id: subscriber, at: now }
  const insert = tx
    .insertInto('suppressions')
    .values({ ...row, hash: suppressionHash(await suppressionKey(tx), email) })
  await insert
    .onConflict((conflict) =>
      reason === 'complaint' ? conflict.column('hash').doUpdateSet(row) : conflict.column('hash').doNothing(),
    )
    .execute()
}

/** A suppression as pages and commands show it; `email` is null where its reader is not known any more. */
export type Suppression = Omit<Selectable<Tables['suppressions']>, 'hash'> & { email: string | null }

/** One page of suppressions, the last one first. */
export async function listSuppressions(
  db: Db,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<Suppression[]> {
  return db
    .selectFrom('suppressions as x')
    .leftJoin('subscribers as p', 'p.id', 'x.subscriber_id')
    .select(['x.reason', 'x.words', 'x.subscriber_id', 'x.at', 'p.email'])
    .orderBy('x.at', 'desc')
    .orderBy('x.hash')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** The suppression of an address. */
export async function findSuppression(db: Db, email: string): Promise<Suppression | undefined> {
  const hash = suppressionHash(await suppressionKey(db), email)
  const row = await db.selectFrom('suppressions').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row && { reason: row.reason, words: row.words, subscriber_id: row.subscriber_id, at: row.at, email }
}

/** The suppressed ones among these readers. */
export async function suppressedAmong(db: Db, subscribers: number[]): Promise<Set<number>> {
  if (!subscribers.length) return new Set()
  const rows = await db
    .selectFrom('suppressions')
    .select('subscriber_id')
    .where('subscriber_id', 'in', subscribers)
    .execute()
  return new Set(rows.flatMap(({ subscriber_id }) => subscriber_id ?? []))
}

/** Ends the suppression of an address. */
export async function deleteSuppression(tx: Tx, email: string): Promise<void> {
  const hash = suppressionHash(await suppressionKey(tx), email)
  await tx.deleteFrom('suppressions').where('hash', '=', hash).execute()
}

/** Counts the suppressions by reason. */
export async function countSuppressions(db: Db): Promise<{ reason: SuppressionReason; n: number }[]> {
  return db
    .selectFrom('suppressions')
    .select((eb) => ['reason', eb.fn.countAll<number>().as('n')])
    .groupBy('reason')
    .orderBy('reason')
    .execute()
}
