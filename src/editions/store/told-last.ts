import { sql } from 'kysely'
import { maxThreadGap } from '../../stories/rules/thread.ts'

type Fragment = ReturnType<typeof sql>

/**
 * What readers were told last of changed takeaways: a query of (subscription_id, takeaways). `changed` is a table `c` with a
 * column lineage; `subscriptions` joins the subscriptions `s` of the readers `d.subscriber_id`. A takeaway whose
 * withdrawal a reader was told is left out, and so is one that no mail told the reader.
 */
export const toldLast = (changed: Fragment, subscriptions: Fragment) => sql`
  select last.subscription_id, array_agg(last.takeaway order by last.takeaway) as takeaways
  from (
    select distinct on (s.id, t.lineage) s.id as subscription_id, s.subscriber_id, t.id as takeaway
    from ${changed}
    join takeaways t on t.lineage = c.lineage
    join editions e on e.takeaways @> array[t.id]
    join deliveries d on d.edition_id = e.id and d.state not in ('failed', 'skipped')
    ${subscriptions}
    order by s.id, t.lineage, t.id desc) last
  where not exists (select 1 from editions e join deliveries d on d.edition_id = e.id
    where e.corrected <> '{}' and e.corrected @> array[last.takeaway]
      and d.subscriber_id = last.subscriber_id and d.state not in ('failed', 'skipped'))
  group by last.subscription_id`

/** A thread is known to those who were told of it as long as a story may go on from it. */
const remembered = sql`${sql.lit(maxThreadGap)} * interval '1 millisecond'`

/** The threads of the takeaways of new matches: a query of (thread_id). `which` says which matches `m`. */
export const threadsOfMatches = (which: Fragment) => sql`
  select distinct s.thread_id
  from matches m
  join takeaways t on t.id = m.takeaway_id
  join story_claims c on c.wording = t.wording
  join stories s on s.id = c.story_id
  where m.origin = 'live' and ${which}`

/** The threads of takeaways of these lineages: a query of (thread_id). */
export const threadsOfLineages = (lineages: number[]) => sql`
  select distinct s.thread_id
  from takeaways t
  join story_claims c on c.wording = t.wording
  join stories s on s.id = c.story_id
  where t.lineage = any(${lineages}::bigint[])`

/** The threads that have claims alike to those of new matches: a query of (thread_id). */
export const threadsLinkedToMatches = (which: Fragment) => sql`
  select distinct s.thread_id
  from matches m
  join takeaways t on t.id = m.takeaway_id
  ${linked}
  where m.origin = 'live' and ${which}`

/** The threads that have claims alike to these lineages: a query of (thread_id). */
export const threadsLinkedToLineages = (lineages: number[]) => sql`
  select distinct s.thread_id from takeaways t ${linked} where t.lineage = any(${lineages}::bigint[])`

/** From takeaways `t` to the stories `s` of claims that are alike to theirs. */
const linked = sql`
  cross join lateral (
    select other as wording from story_links where wording = t.wording and likeness > 0
    union all select wording from story_links where other = t.wording and likeness > 0) alike
  join story_claims c on c.wording = alike.wording
  join stories s on s.id = c.story_id`

/** The editions of the last days that tell of threads: a query of (id). `threads` is a query of (thread_id). */
export const editionsTelling = (threads: Fragment, now: Temporal.Instant) => sql`
  select distinct e.id
  from (${threads}) known
  join stories s on s.thread_id = known.thread_id
  join story_claims c on c.story_id = s.id
  join takeaways t on t.wording = c.wording
  join editions e on e.takeaways @> array[t.id] and e.kind <> 'weekly'
    and e.closed_at > ${now.toString()}::timestamptz - ${remembered}`
