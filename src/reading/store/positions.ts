import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'

const numbering = 7_140_001

/**
 * Gives every unnumbered match the next position and returns the last one given. One transaction at a time numbers, and
 * only what is committed: a slow writer's matches come after, and no window (from, to] can pass over them.
 */
export async function numberMatches(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(${numbering})`.execute(tx)
  const { rows } = await sql<{ value: number }>`
    with fresh as (
      select id, row_number() over (order by id) as n from matches where position is null
    ), numbered as (
      update matches set position = counter.value + fresh.n
      from fresh, position_counter counter
      where matches.id = fresh.id
      returning 1
    )
    update position_counter set value = value + (select count(*) from numbered) returning value`.execute(tx)
  return rows[0]!.value
}
