import { type Kysely, sql } from 'kysely'

/**
 * Adds stories: claims of one event. Claims are found again by their terms, and the links between them say why they are
 * one story. A window knows which editions its reader was sent on the stories in it, and an edition how it told them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create table threads (id bigint generated always as identity primary key)',
  `create table stories (
    id bigint generated always as identity primary key,
    thread_id bigint not null references threads)`,
  'create index stories_thread on stories (thread_id)',
  `create table story_claims (
    wording bigint primary key references takeaways on delete cascade,
    story_id bigint not null references stories,
    at timestamptz not null,
    unit jsonb not null,
    focus real not null)`,
  'create index story_claims_story on story_claims (story_id)',
  'create index story_claims_at on story_claims (at)',
  `create table story_terms (
    term text not null,
    at timestamptz not null,
    wording bigint not null references story_claims on delete cascade,
    counted boolean not null default false)`,
  'create index story_terms_uncounted on story_terms (term) where not counted',
  'create index story_terms_term on story_terms (term, at)',
  'create index story_terms_wording on story_terms (wording)',
  'create table term_counts (term text primary key, claims integer not null)',
  `create table story_links (
    wording bigint not null references story_claims on delete cascade,
    other bigint not null references story_claims on delete cascade,
    likeness real not null,
    why jsonb not null,
    primary key (wording, other))`,
  'create index story_links_other on story_links (other)',
  `create table facts (
    wording bigint not null references takeaways on delete cascade,
    ordinal integer not null,
    role text not null,
    value text not null,
    low double precision not null,
    high double precision not null,
    bound text,
    unit text,
    speaker text,
    start integer not null,
    "end" integer not null,
    primary key (wording, ordinal))`,
  `alter table windows add column told bigint[] not null default '{}'`,
  'alter table windows drop column alerted',
  'alter table alert_corrections rename to alert_history',
  'alter table alert_history rename column takeaways to corrected',
  `alter table alert_history alter column corrected set default '{}', add column told bigint[] not null default '{}'`,
  `alter table editions add column stories jsonb not null default '[]'`,
]
