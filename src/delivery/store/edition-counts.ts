import { sql } from 'kysely'
import { publicKinds } from '../../editions/rules/edition.ts'
import type { Tx } from '../../platform/db/db.ts'
import { afterOf, codeInReply, keptAsSum } from './outcome-columns.ts'

/**
 * Locks open editions with ids above `after` of which every delivery has its result, in the order of their ids, but those on which
 * somebody acts. Whoever makes or changes a delivery holds the key of its edition until the commit.
 */
export async function lockSettled(tx: Tx, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select e.id from editions e where e.id = any(array(
      select o.edition_id from open_editions o where o.edition_id > ${after} and not ${hasOpen(sql`o.edition_id`)}
      order by 1 limit ${limit}))
    order by e.id for update skip locked`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Counts editions anew that `lockSettled` locked, adds the difference to the totals, and closes them. */
export async function countLocked(tx: Tx, editions: number[]): Promise<void> {
  await sql`
    with settled as (
      select e.id, e.kind from editions e where e.id = any(${editions}::bigint[]) and not ${hasOpen(sql`e.id`)}),
    old as (delete from edition_counts c using settled s where c.edition_id = s.id returning s.kind, c.state, c.count),
    new as (
      select s.id, s.kind, case when s.kind = any(${publicKinds}::text[]) then d.sending else 0 end as sending, d.state, d.reason,
        case when d.state = 'failed' then ${codeInReply} end as code, ${afterOf} as after, count(*) as count, max(d.at) as last_at
      from settled s join deliveries d on d.edition_id = s.id group by 1, 2, 3, 4, 5, 6, 7
      union all
      select s.id, s.kind, case when s.kind = any(${publicKinds}::text[]) then d.sending else 0 end, d.state, ${keptAsSum}, null, null, d.count, '-infinity'
      from settled s join dropped_deliveries d on d.edition_id = s.id),
    saved as (
      insert into edition_counts (edition_id, sending, state, reason, code, after, count, last_at)
      select id, sending, state, reason, code, after, count, last_at from new),
    summed as (
      insert into delivery_totals as t (kind, state, count)
      select kind, state, sum(count) from (
        select kind, state, count from new union all select kind, state, -count from old) c
      group by kind, state order by kind, state
      on conflict (kind, state) do update set count = t.count + excluded.count)
    delete from open_editions o using settled s where o.edition_id = s.id`.execute(tx)
}

const hasOpen = (edition: ReturnType<typeof sql>) => sql`exists (
  select from deliveries d where d.edition_id = ${edition} and d.state in ('due', 'claimed', 'submitted', 'deferred'))`
