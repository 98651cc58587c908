import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { AlertSpan } from './alerts.ts'
import {
  editionsTelling,
  threadsLinkedToLineages,
  threadsLinkedToMatches,
  threadsOfLineages,
  threadsOfMatches,
  toldLast,
} from './told-last.ts'

type Fragment = ReturnType<typeof sql>

/**
 * The runs that tell what has waited: its time has come, or the reader has changed the choice that made it wait. Every other run
 * is a feed, by its id.
 */
export const waitedRun = 0
export const changedRun = -1

/**
 * The readers of alerts whom a run concerns: a condition on their subscriptions `s`. Notes say what they were told before of what
 * the run may tell, and whether alerts wait for them. They stay until `dropNotes`.
 */
export type Concerned = Fragment

/** Those who follow a topic of a feed's span from before its end, and those who are owed a correction. */
export const concernedBy = (feed: number, { topics, to }: AlertSpan): Concerned => sql`
  (s.from_position < ${to} and s.topics && ${topics}::text[]
    or exists (select 1 from alert_history owed where owed.run = ${feed} and owed.subscription_id = s.id))`

/** All readers of alerts. */
export const everyReader: Concerned = sql`true`

/** Those with these subscriptions. */
export const concernedIn = (subscriptions: number[]): Concerned => sql`s.id = any(${subscriptions}::bigint[])`

/**
 * Notes what the readers of a run were told last of the takeaways that changed, if any of it was in an alert, and of those
 * whose matches waited.
 */
export async function noteToldLast(
  tx: Tx,
  feed: number,
  concerned: Concerned,
  { changed, waited }: AlertSpan,
): Promise<void> {
  const lineages = [...new Set([...changed, ...waited])]
  await noteCorrected(
    tx,
    feed,
    lineages,
    sql`and ${concerned} and (c.lineage = any(${waited}::bigint[]) or exists (select 1 from takeaways same
        join editions alert on alert.kind = 'alert' and alert.takeaways @> array[same.id]
        join deliveries had on had.edition_id = alert.id and had.subscriber_id = s.subscriber_id
        where same.lineage = c.lineage and had.state not in ('failed', 'skipped')))`,
  )
}

/** Notes what readers were told last of that which waited for them: by a digest, or by another mail in the meantime. */
export async function noteToldOfWaited(tx: Tx, run: number, lineages: number[]): Promise<void> {
  await noteCorrected(
    tx,
    run,
    lineages,
    sql`join alert_history w on w.run = ${run} and w.subscription_id = s.id and c.lineage = any(w.waited)`,
  )
}

async function noteCorrected(tx: Tx, run: number, lineages: number[], condition: Fragment): Promise<void> {
  if (lineages.length === 0) return
  const changed = sql`unnest(${lineages}::bigint[]) as c (lineage)`
  const subscriptions = sql`
    join subscriptions s on s.subscriber_id = d.subscriber_id and s.cadence = 'alert' and s.state = 'active' ${condition}`
  await sql`insert into alert_history (run, subscription_id, corrected)
    select ${run}::bigint, told.subscription_id, told.takeaways from (${toldLast(changed, subscriptions)}) told
    on conflict (run, subscription_id) do update set corrected = excluded.corrected`.execute(tx)
}

/** The threads of a feed's new takeaways, and of those that changed: a query of (thread_id). */
export const threadsOfSpan = (feed: number, span: AlertSpan): Fragment => sql`
  ${threadsOfMatches(inSpan(feed, span))} union ${threadsOfLineages(span.changed)}`

/** The same, and the threads that have claims alike to them: they may tell the same events. */
export const threadsAroundSpan = (feed: number, span: AlertSpan): Fragment => sql`
  ${threadsOfSpan(feed, span)} union ${threadsLinkedToMatches(inSpan(feed, span))}`

const inSpan = (feed: number, { since, to }: AlertSpan): Fragment =>
  sql`m.feed_id = ${feed} and m.position > ${since} and m.position <= ${to}`

/** The threads of lineages that waited, and those that have claims alike to them: a query of (thread_id). */
export const threadsAroundLineages = (lineages: number[]): Fragment => sql`
  ${threadsOfLineages(lineages)} union ${threadsLinkedToLineages(lineages)}`

/** Notes which editions of the last days the readers of a run were sent on these threads. */
export async function noteToldStories(
  tx: Tx,
  run: number,
  concerned: Concerned,
  threads: Fragment,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into alert_history (run, subscription_id, told)
    select ${run}::bigint, s.id, array_agg(distinct d.edition_id order by d.edition_id)
    from (${editionsTelling(threads, now)}) telling
    join deliveries d on d.edition_id = telling.id and d.state not in ('failed', 'skipped')
    join subscriptions s on s.subscriber_id = d.subscriber_id and s.cadence = 'alert' and s.state = 'active' and ${concerned}
    group by s.id
    on conflict (run, subscription_id) do update set told = excluded.told`.execute(tx)
}

/** Notes which of these threads the readers of a run muted. */
export async function noteMuted(tx: Tx, run: number, concerned: Concerned, threads: Fragment): Promise<void> {
  await sql`
    insert into alert_history (run, subscription_id, muted)
    select ${run}::bigint, s.id, array_agg(distinct known.thread_id order by known.thread_id)
    from mutes x
    join subscriptions s on s.subscriber_id = x.subscriber_id and s.cadence = 'alert' and s.state = 'active' and ${concerned}
    join takeaways t on t.id = x.takeaway_id
    join story_claims c on c.wording = t.wording
    join stories st on st.id = c.story_id
    join (${threads}) known on known.thread_id = st.thread_id
    group by s.id
    on conflict (run, subscription_id) do update set muted = excluded.muted`.execute(tx)
}

/** Deletes the notes of a run. */
export async function dropNotes(tx: Tx, run: number): Promise<void> {
  await tx.deleteFrom('alert_history').where('run', '=', run).execute()
}
