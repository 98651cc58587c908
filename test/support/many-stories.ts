import { sql } from 'kysely'
import type { App } from '../../src/app.ts'

/**
 * Makes so many copies of a claim, each a story of its own that became known a second after the one before, as a hostile or
 * busy feed would; their matches are copied too.
 */
export async function copyStories({ db }: App, wording: number, count: number): Promise<void> {
  await sql`
    with numbers as (select n, nextval(pg_get_serial_sequence('stories', 'id')) as story from generate_series(1, ${count}::int) n),
    begun as (insert into stories (id, thread_id) overriding system value
      select story, (select thread_id from story_claims c join stories s on s.id = c.story_id where c.wording = ${wording}) from numbers),
    copies as (
      insert into takeaways (revision_id, item_id, ordinal, kind, text, attribution, evidence)
      select revision_id, item_id, 10000 + n, kind, text || ' ' || n, attribution, evidence
      from takeaways, numbers where id = ${wording} returning id, ordinal),
    matched as (
      insert into matches (takeaway_id, item_id, feed_id, topic, version, score, words, via, origin)
      select copies.id, m.item_id, m.feed_id, topic, version, score, words, via, origin
      from copies, matches m where m.takeaway_id = ${wording})
    insert into story_claims (wording, story_id, at, unit, focus)
    select copies.id, story, c.at + n * interval '1 second', unit, focus
    from copies join numbers on ordinal = 10000 + n, story_claims c where c.wording = ${wording}`.execute(db)
}
