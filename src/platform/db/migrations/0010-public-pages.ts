import { type Kysely, sql } from 'kysely'

/**
 * Adds what the pages of stories, topics and days need to read a bounded number of rows: the newest claims of a story, and
 * the newest live matches of a topic. A story whose claims have all moved knows to which story, so that its address goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table stories add column merged_into bigint references stories',
  'create index story_claims_newest on story_claims (story_id, at, wording)',
  'drop index story_claims_story',
  // Only this index has the order of -id: by id, the planner would read all matches for a topic that has few of them.
  `create index matches_topic on matches (topic, (-id)) where origin = 'live' and via <> 'passage'`,
  'create index stories_of_thread on stories (thread_id, id)',
  'drop index stories_thread',
]
