import { type SqlBool, sql } from 'kysely'

/** Whether no admin holds or withdrew an item `i`: only such items are mailed, and stand on public pages and in feeds. */
export const notWithheld = sql<SqlBool>`i.withheld is null`

/**
 * The rows of withheld items `i` among those of some editions: what follows a `from`. Corrections tell of an item although it is
 * withheld.
 */
export const withheldAmong = (editions: number[]) => sql`
  editions e cross join lateral unnest(e.items) as named (item) join items i on i.id = named.item
  where e.id = any(${editions}::bigint[]) and e.kind <> 'correction' and i.withheld is not null`
