import { type Kysely, sql } from 'kysely'

/**
 * What readers say of claims: that one is not about a topic, or does not belong to its story. The words of the claim and the
 * headline are kept as the reader saw them. A label outlives the erasure of its reader, without any mark of who it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table labels (
    id bigint generated always as identity primary key,
    subscriber_id bigint references subscribers on delete set null,
    wording bigint not null references takeaways on delete cascade,
    topic text,
    story_id bigint,
    headline text,
    text text not null,
    at timestamptz not null,
    check ((topic is null) = (story_id is not null and headline is not null)))`,
  `create unique index labels_once on labels (subscriber_id, wording, coalesce(topic, ''))`,
  'create index labels_wording on labels (wording)',
  'create index labels_of_reader on labels (subscriber_id, at)',
]
