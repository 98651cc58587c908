import { type Kysely, sql } from 'kysely'

/** What waits for a reader is decided anew when the reader changes the choice that made it wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table alert_waits drop constraint alert_waits_reason_check',
  `alter table alert_waits add constraint alert_waits_reason_check
    check (reason in ('quiet', 'budget', 'pause', 'changed'))`,
]
