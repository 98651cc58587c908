import { suppressionHash } from '../../platform/address.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { keepOnce, readSetting } from '../../platform/db/settings.ts'
import { newSecretKey } from '../rules/token.ts'

const setting = 'suppression_key'

/** The key of the hashes. It is never rotated: the addresses are not stored, so they cannot be hashed again. */
export async function suppressionKey(db: Db): Promise<string> {
  return (await readSetting<string>(db, setting)) ?? (await keepOnce(db, setting, newSecretKey()))
}

/** True when this address must never be mailed. */
export async function isSuppressed(db: Db, email: string): Promise<boolean> {
  const hash = suppressionHash(await suppressionKey(db), email)
  const row = await db.selectFrom('suppressions').select('hash').where('hash', '=', hash).executeTakeFirst()
  return row !== undefined
}

/** Makes sure that an address is never mailed again; the first reason stays. */
export async function suppress(tx: Tx, email: string, reason: string, now: Temporal.Instant): Promise<void> {
  const hash = suppressionHash(await suppressionKey(tx), email)
  await tx
    .insertInto('suppressions')
    .values({ hash, reason, at: now })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}
