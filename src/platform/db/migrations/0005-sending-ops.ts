import { type Kysely, sql } from 'kysely'

/** Adds the daily counts for the warm-up of a sending domain, and an index from a delivery to its bounces. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table warm_up_days (day date primary key, sent integer not null default 0)`.execute(db)
  await sql`create index if not exists bounces_delivery on bounces (delivery_id)`.execute(db)
}
