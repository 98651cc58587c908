import { type Kysely, sql } from 'kysely'

/** A subscription that becomes active wakes the job that welcomes, which is no longer a part of the digests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'drop trigger wake on subscriptions',
  `create trigger wake after insert or update of state on subscriptions
    for each row when (new.state = 'active') execute function wake('welcome')`,
]
