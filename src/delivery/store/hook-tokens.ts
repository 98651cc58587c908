import type { Db, Tx } from '../../platform/db/db.ts'

/** Spends a token on an event: `again` when it was spent on this one before, `spent` when on another. */
export async function spendToken(
  tx: Tx,
  token: string,
  event: string,
  now: Temporal.Instant,
): Promise<'new' | 'again' | 'spent'> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('hook_tokens')
    .values({ token, event, at: now })
    .onConflict((conflict) => conflict.column('token').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) return 'new'
  const row = await tx.selectFrom('hook_tokens').select('event').where('token', '=', token).executeTakeFirst()
  return row?.event === event ? 'again' : 'spent'
}

/** Drops tokens from before `keepFrom`, which is long after they are refused for their age. */
export async function dropTokens(db: Db, keepFrom: Temporal.Instant): Promise<void> {
  await db.deleteFrom('hook_tokens').where('at', '<', keepFrom).execute()
}
