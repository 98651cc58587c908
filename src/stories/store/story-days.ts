import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { midnight } from '../../platform/db/midnight.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import { maxCounted } from './story-list.ts'

/**
 * A day (UTC) on which stories were told: its date, how many, and the story of most feeds. `isCut`: it has more claims than are
 * counted, and the oldest are left out.
 */
export type StoryDay = { date: string; stories: number; lead: number; isCut: boolean }

/** The days on which stories were told, the newest first; only those before a date if it is given. */
export async function storyDays(db: Db, limit: number, before?: string): Promise<StoryDay[]> {
  const { rows } = await sql<StoryDay>`
    with dates as (${dates(limit, before)})
    select to_char(day, 'YYYY-MM-DD') as date, told.stories, told.lead, told."isCut"
    from dates cross join lateral (
      select count(*) as stories, (array_agg(story_id order by feeds desc, claims desc, story_id))[1] as lead,
        sum(claims) > ${maxCounted} as "isCut"
      from (
        select c.story_id, count(distinct i.feed_id) as feeds, count(*) as claims
        from (select story_id, wording from story_claims
          where at >= ${midnight(sql`day`)} and at < ${midnight(sql`day + 1`)} order by at desc limit ${maxCounted + 1}) c
        join takeaways t on t.id = c.wording join items i on i.id = t.item_id and ${notWithheld}
        group by c.story_id) each_story) told
    order by day desc`.execute(db)
  return rows
}

/** The dates alone, the newest first. */
export async function storyDates(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ date: string }>`
    with dates as (${dates(limit)}) select to_char(day, 'YYYY-MM-DD') as date from dates order by day desc`.execute(db)
  return rows.map(({ date }) => date)
}

/** Each date is found by one look into the index of times, however many claims its day has: a query of (day). */
function dates(limit: number, before?: string) {
  const first = before === undefined ? sql`true` : sql`at < ${midnight(sql`${before}::date`)}`
  return sql`
    with recursive line as (
      select (max(at) at time zone 'UTC')::date as day, 1 as n from story_claims where ${first}
      union all
      select (select (max(at) at time zone 'UTC')::date from story_claims where at < ${midnight(sql`line.day`)}), n + 1
      from line where line.day is not null and n < ${limit})
    select day from line where day is not null`
}

/** The newest stories that have claims, with when their last claim became known. */
export async function newestStories(db: Db, limit: number): Promise<{ id: number; updated: Temporal.Instant }[]> {
  const { rows } = await sql<{ id: number; updated: Temporal.Instant }>`
    select s.id, c.updated
    from (select id from stories where merged_into is null order by id desc limit ${limit}) s
    cross join lateral (select max(at) as updated from story_claims where story_id = s.id) c
    where c.updated is not null order by s.id desc`.execute(db)
  return rows
}
