import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { isSuppressed } from '../../platform/db/gets-mail.ts'
import type { StepFacts } from '../rules/item-step.ts'
import { conditionsOfSubscription, onAllTopicsOfSubscription } from './filters.ts'
import { byOwnWords } from './matched-takeaways.ts'
import { editionsTellingItem } from './readers-of-item.ts'
import { pausedWindow } from './windows.ts'

/** What is stored of an item and one subscription, with its reader. */
export type StepRow = StepFacts & {
  subscriber: number
  email: string
  subscription: number | null
  /** The edition of the last mail with the item, its state and reason. */
  edition: string | null
  state: string | null
  reason: string | null
  at: Temporal.Instant | null
}

/** Which readers: those with ids after `after`, at most `limit` of them, or one by the address. */
type Readers = { after: number; limit: number; email?: string | undefined }

/** An item, and what the steps of its readers depend on beside the rows: the time, and the key of the hashes of suppressed addresses. */
export type AskedItem = { item: number; now: Temporal.Instant; suppressionKey: string | null }

const { topic, strength, place, feed, language } = conditionsOfSubscription()
const passesAll = sql`${topic} and ${strength} and ${place} and ${feed} and ${language}`

/**
 * The matches of an item as mails take them, for a subscription `s`: a from clause. A digest tells what matches by its own words.
 */
const itsMatches = sql`
  matches m join takeaways matched on matched.id = m.takeaway_id
  join takeaways t on t.wording = matched.wording and t.current
  join feeds f on f.id = m.feed_id
  where m.item_id = i.id and m.origin = 'live' and m.via <> 'passage' and (s.cadence = 'alert' or ${byOwnWords})`

/**
 * What is stored of an item and all readers, in the order of their ids. The conditions are those by which mails are composed; the rest
 * is read from windows, waits and the ledger. Erased readers, the former rows of moved ones and sign-ups that nobody confirmed in time
 * are nobody any more, and left out.
 */
export async function stepsOfItem(
  db: Db,
  { item, now, suppressionKey }: AskedItem,
  { after, limit, email }: Readers,
): Promise<StepRow[]> {
  const at = sql`${now.toString()}::timestamptz`
  const which = email === undefined ? sql`true` : sql`email = ${email}`
  const { rows } = await sql<Omit<StepRow, 'delivery'> & { bounced: boolean }>`
    with telling as materialized (select e.id, own.slug from (${editionsTellingItem(item)}) e join editions own on own.id = e.id),
    readers as materialized (
      
      select id, email, state, paused_until from subscribers
       where id > ${after} and ${which} and erased_at is null and (state <> 'gone' or confirmed_at is not null) order by id limit ${limit}),
    threads as materialized (
      select distinct st.thread_id from takeaways t join story_claims c on c.wording = t.wording join stories st on st.id = c.story_id
      where t.item_id = ${item})
    select p.id as subscriber, p.email, s.id as subscription, coalesce(s.cadence, 'daily') as cadence,
      case when p.state = 'active' and s.state = 'active' then 'active'
        when p.state = 'pending' or exists (select from subscriptions w where w.subscriber_id = p.id and w.state = 'pending')
          then 'unconfirmed' else 'left' end as standing,
      coalesce(own.topic, false) as topic, coalesce(own.strength, false) as strength, coalesce(own.place, false) as place,
      coalesce(own.feed, false) as feed, coalesce(own.language, false) as language, whole.position is not null as "all",
      coalesce(whole.position > s.from_position or whole.unnumbered, false) as "isBefore",
      i.backfill as "isOld", i.withheld, (feeds.digest_only or i.late) as "digestOnly",
      exists (select 1 from mutes x join takeaways t on t.id = x.takeaway_id join story_claims c on c.wording = t.wording
        join stories st on st.id = c.story_id join threads on threads.thread_id = st.thread_id
        where x.subscriber_id = p.id) as "isMuted",
      coalesce(p.paused_until > ${at}, false) as "isPaused", ${isSuppressed(suppressionKey)} as "isSuppressed",
      (select w.reason from alert_waits w join takeaways t on t.lineage = w.lineage and t.item_id = i.id
        where w.subscription_id = s.id limit 1) as waits,
      case when s.cadence = 'alert' then coalesce(whole.position <= feeds.alerted_position and not whole.unnumbered, false)
        else coalesce(passed.n > 0, false) end as "isPassed",
      coalesce(passed.paused, false) as "pausedWindow",
      d.slug as edition, d.state, d.reason, d.at, coalesce(d.bounced_at is not null, false) as bounced
    from readers p
    cross join items i join feeds on feeds.id = i.feed_id
    left join subscriptions s on s.subscriber_id = p.id and s.state <> 'pending'
    left join lateral (
      select bool_or(${topic}) as topic, bool_or(${topic} and ${strength}) as strength,
        bool_or(${topic} and ${strength} and ${place}) as place,
        bool_or(${topic} and ${strength} and ${place} and ${feed}) as feed, bool_or(${passesAll}) as language
      from ${itsMatches}) own on true
    left join lateral (
      select max(told.position) as position, bool_or(told.unnumbered) as unnumbered from (
        select coalesce(max(m.position), 0) as position, bool_or(m.position is null) as unnumbered
        from ${itsMatches} and ${passesAll} group by t.id having ${onAllTopicsOfSubscription}) told) whole on true
    left join lateral (
      select count(*) as n, bool_or(w.reason = ${pausedWindow}) as paused from windows w
      where w.subscription_id = s.id and w.kind <> 'welcome' and w.from_position < whole.position
        and w.to_position >= whole.position and (w.edition_id is not null or w.reason is not null)) passed on true
    left join lateral (
      select telling.slug, x.state, x.reason, x.at, x.bounced_at from deliveries x join telling on telling.id = x.edition_id
      where x.subscriber_id = p.id and (x.subscription_id = s.id or x.subscription_id is null or s.id is null)
      order by x.state = 'accepted' and x.bounced_at is null desc, x.state = 'unknown' desc, x.id desc limit 1) d on true
    where i.id = ${item}
    order by p.id, s.id`.execute(db)
  return rows.map(({ bounced, ...row }) => ({
    ...row,
    delivery: row.state === null ? null : { state: row.state, reason: row.reason, bounced },
  }))
}
