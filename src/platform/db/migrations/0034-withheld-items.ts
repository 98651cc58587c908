import { type Kysely, sql } from 'kysely'

/**
 * An admin can hold or withdraw an item. An edition says which items it tells of or names, so that a mail that is not sent
 * yet can be kept back; editions from before say it of what they tell.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table items
    add column withheld text check (withheld in ('held', 'withdrawn')),
    add column withheld_reason text,
    add column withheld_at timestamptz`,
  `alter table editions add column items bigint[] not null default '{}'`,
  `update editions e set items = told.items
    from (select e.id, array_agg(distinct t.item_id) as items
      from editions e cross join lateral unnest(e.takeaways || e.corrected) as told (id) join takeaways t on t.id = told.id
      group by e.id) told
    where told.id = e.id`,
  'create index editions_items on editions using gin (items)',
]
