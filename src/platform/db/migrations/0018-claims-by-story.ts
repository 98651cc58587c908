import { type Kysely, sql } from 'kysely'

/**
 * A claim on no topic that tells the event of a story follows the claim that it is likest to, and gets its topics. Those that
 * were tried and tell none are kept for two days. Claims from before this migration are not tried.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table story_terms add column follows boolean not null default false',
  'alter table story_claims add column follows bigint references story_claims on delete cascade',
  'create index story_claims_follows on story_claims (follows) where follows is not null',
  `create table claims_without_story (
    wording bigint primary key references takeaways on delete cascade,
    at timestamptz not null)`,
  `insert into settings (key, value)
    select 'claims_tried_up_to', to_json(max(id)) from takeaways having max(id) is not null`,
  'create index claims_without_story_at on claims_without_story (at)',
]
