import { type Kysely, sql } from 'kysely'

/**
 * New claims wait in a table of their own until they are placed or known to tell no story, each once. So whoever places
 * claims finds the new ones whatever was saved before, and nothing has to say up to where all are done. The claims that have a
 * term are found in the index alone, as long as the table is vacuumed often.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create table open_claims (wording bigint primary key references takeaways on delete cascade)',
  `create function open_claims() returns trigger language plpgsql as $$
    begin
      insert into open_claims (wording) select id from fresh where id = wording;
      return null;
    end $$`,
  `create trigger open_claims after insert on takeaways referencing new table as fresh
    for each statement execute function open_claims()`,
  `insert into open_claims (wording)
    select t.id from takeaways t join revisions r on r.id = t.revision_id
    where t.id = t.wording
      and not exists (select 1 from story_claims c where c.wording = t.id)
      and not exists (select 1 from claims_without_story tried where tried.wording = t.id)
      and (r.saved_at > now() - interval '2 days'
        or exists (select 1 from matches m where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage'))`,
  'drop table claims_without_story',
  `delete from settings where key in ('claims_placed_up_to', 'claims_tried_up_to')`,
  'create index story_terms_found on story_terms (term, at) include (wording, follows)',
  'drop index story_terms_term',
  'alter table story_terms set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)',
]
