import { sql } from 'kysely'
import type { EditionKind } from '../domain/edition-kind.ts'
import type { Db } from './db.ts'

/** How many people something would go to, and the first few of their addresses. */
export type Sample = { count: number; sample: string[] }

const shown = 5

/** Deliveries that are due by now, by the kind of their edition. */
export async function dueByKind(db: Db, now: Temporal.Instant): Promise<(Sample & { kind: EditionKind })[]> {
  const { rows } = await sql<Sample & { kind: EditionKind }>`
    select e.kind, count(*) as count, (array_agg(p.email order by d.due_at, d.id))[1:${sql.lit(shown)}] as sample
    from deliveries d join editions e on e.id = d.edition_id join subscribers p on p.id = d.subscriber_id
    where d.due_at <= ${now.toString()}::timestamptz and d.state in ('due', 'deferred') and e.paused_at is null
    group by e.kind, d.lane order by d.lane, e.kind`.execute(db)
  return rows
}

/** What a paused edition still owes: who gets it when it goes on. */
export async function owedByPaused(db: Db, edition: number): Promise<Sample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from deliveries d join subscribers p on p.id = d.subscriber_id
    where d.edition_id = ${edition} and d.state in ('due', 'deferred') order by d.id limit ${shown}`.execute(db)
  return sampleOf(rows)
}

/** Readers who follow one of some topics, each with the best score that was found on it. */
export async function followersOf(
  db: Db,
  best: Map<string, number>,
  cadences: ('alert' | 'daily' | 'weekly')[],
): Promise<Sample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from subscribers p
    where p.state = 'active' and exists (
      select 1 from subscriptions s
      join unnest(${[...best.keys()]}::text[], ${[...best.values()]}::float8[]) as m (topic, score)
        on m.topic = any(s.topics) and m.score::real >= s.min_score
      where s.subscriber_id = p.id and s.state = 'active' and s.cadence = any(${cadences}::text[]))
    order by p.email limit ${shown}`.execute(db)
  return sampleOf(rows)
}

/** Feeds whose time to be asked has come. */
export async function countFeedsDue(db: Db, now: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('feeds')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', 'in', ['active', 'held'])
    .where('next_poll_at', '<=', now)
    .executeTakeFirstOrThrow()
  return n
}

/** A report that is held with its feed, with what reading needs. */
export type Prospect = { title: string; html: string; url: string | null; language: string | null }

/** The first so many reports of a held feed, and how many there are; undefined when it is not held. */
export async function listProspects(
  db: Db,
  url: string,
  limit: number,
): Promise<{ count: number; reports: Prospect[] } | undefined> {
  const feed = await db
    .selectFrom('feeds')
    .select('id')
    .where('url', '=', url)
    .where('state', '=', 'held')
    .executeTakeFirst()
  if (!feed) return undefined
  const { rows } = await sql<Prospect & { count: number }>`
    select r.title, r.html, i.url, f.language, count(*) over () as count
    from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where f.id = ${feed.id} and r.state = 'held' order by r.id limit ${limit}`.execute(db)
  return { count: rows[0]?.count ?? 0, reports: rows }
}

function sampleOf(rows: { email: string; count: number }[]): Sample {
  return { count: rows[0]?.count ?? 0, sample: rows.map(({ email }) => email) }
}
