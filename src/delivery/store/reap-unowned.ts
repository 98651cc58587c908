import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'
import { settleUnfinished } from './claims.ts'

const setting = 'claims_looked_after'

/** Claims up to `settled` hold nothing more; `seen` is the highest that there was at the last look. */
type LookedAfter = { settled: number; seen: number }

/**
 * Settles deliveries that are claimed or submitted while nobody holds their claim, as those of the dead; returns how many.
 * Only claims made since the look before the last are looked at, by the index on them: a claim and its rows are one commit,
 * so a row that is held has its claim. Rows without any claim stand in the same index, as nulls.
 */
export async function reapUnowned(tx: Tx, now: Temporal.Instant, repeatable: string[]): Promise<number> {
  const last = (await readSetting<LookedAfter>(tx, setting)) ?? { settled: 0, seen: 0 }
  const stray = await strayIds(tx, last.settled)
  const which = sql<boolean>`d.id = any(${stray}::bigint[])
    and not exists (select 1 from claims c where c.id = d.claim_id)`
  const why = 'no worker waited for the reply of the relay'
  const count = await settleUnfinished(tx, { which, why, now, repeatable })
  await writeSetting(tx, setting, await lookedAfter(tx, last))
  return count
}

/** Two looks by the index: one at what was claimed lately, one at what was never claimed. */
async function strayIds(db: Db, settled: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from deliveries d where d.claim_id > ${settled}::bigint and d.state in ('claimed', 'submitted')
      and not exists (select 1 from claims c where c.id = d.claim_id)
    union all
    select d.id from deliveries d where d.claim_id is null and d.state in ('claimed', 'submitted')`.execute(db)
  return rows.map(({ id }) => id)
}

/** A number that was given just now may belong to a claim that is not committed yet: it counts at the next look. */
async function lookedAfter(tx: Tx, { settled, seen }: LookedAfter): Promise<LookedAfter> {
  const { rows } = await sql<{ held: number | null; highest: number | null }>`
    select (select min(id) from claims) as held, (select max(claim_id) from deliveries) as highest`.execute(tx)
  const { held, highest } = rows[0]!
  return { settled: Math.max(settled, Math.min(seen, held === null ? seen : held - 1)), seen: highest ?? seen }
}
