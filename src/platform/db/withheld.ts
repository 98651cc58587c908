import { type SqlBool, sql } from 'kysely'

/** Whether no admin holds or withdrew an item `i`: only such items are mailed, and stand on public pages and in feeds. */
export const notWithheld = sql<SqlBool>`i.withheld is null`
