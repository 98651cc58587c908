import { type Kysely, sql } from 'kysely'

/**
 * A claim has the codes of the countries and regions that it tells of. Claims from before this migration get theirs from a
 * job, the newest first: the setting says up to which id they are still unknown.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table takeaways add column places text[] not null default '{}'`,
  `insert into settings (key, value)
    select 'places_unknown_up_to', to_json(max(id)) from takeaways having max(id) is not null`,
]
