import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import type { SuppressionReason } from '../../platform/db/tables/readers.ts'

/** What happened to one reader, by its kind, as the tables have it. Instants within are ISO 8601. */
export type TimelineFacts =
  | { what: 'first seen' }
  | { what: 'import'; number: number; file: string }
  | { what: 'consent'; kind: string; text: string; source: string }
  | MailFacts
  | { what: 'bounce'; kind: string; source: string; words: string }
  | { what: 'suppression'; reason: SuppressionReason; words: string }
  | { what: 'no digest'; cadence: 'welcome' | 'daily' | 'weekly'; date: string; reason: string | null }
  | { what: 'missed digest'; cadence: 'daily' | 'weekly'; date: string }
  | { what: 'admin'; actor: string; action: string; reason: string }

/** A mail to the reader, with its fate. `settled` is when its state was recorded, `next` when it is tried again. */
export type MailFacts = {
  what: 'mail'
  kind: EditionKind
  subject: string
  edition: string
  sending: number
  state: DeliveryState
  reason: string | null
  reply: string | null
  attempts: number
  settled: string
  next: string | null
  bounced: string | null
  bounce: string | null
  complained: string | null
}

/**
 * Where a page of a timeline begins: behind the event with this time, source and number. A mail has whole seconds, so that within a
 * second the source decides: first what people did and what was planned, then mails, then what was answered to them.
 */
export type TimelinePlace = { at: Temporal.Instant; source: number; id: number }
export type TimelineEvent = TimelinePlace & { facts: TimelineFacts }

/**
 * A page of everything that happened to a reader, newest first. `from` and `until` (exclusive) are bounds in time. Each source is read
 * by an index on the reader and cut before they are put together.
 */
export async function timelineOf(
  db: Db,
  subscriber: number,
  {
    before,
    from,
    until,
    limit,
  }: {
    before?: TimelinePlace | undefined
    from?: Temporal.Instant | undefined
    until?: Temporal.Instant | undefined
    limit: number
  },
): Promise<TimelineEvent[]> {
  const place = before && behind(before)
  const bounds = [
    sql`at is not null`,
    ...(place ? [place] : []),
    ...(from ? [sql`at >= ${from.toString()}::timestamptz`] : []),
    ...(until ? [sql`at < ${until.toString()}::timestamptz`] : []),
  ]
  const page = sql`where ${sql.join(bounds, sql` and `)} order by at desc, id desc limit ${limit}`
  const pages = sourcesOf(subscriber).map((source) => sql`(select * from (${source}) e ${page})`)
  const { rows } = await sql<TimelineEvent>`
    select at, source, id, facts from (${sql.join(pages, sql` union all `)}) e
    order by date_trunc('second', at) desc, greatest(source, ${lastCause}) desc, at desc, source desc, id desc
    limit ${limit}`.execute(db)
  return rows
}

/** The events of these sources, up to this one, cause mails. They are in the order of their times. */
const lastCause = sql.lit(4)

/** Whether an event is older than a place. The first bound is for the indexes. */
const behind = ({ at, source, id }: TimelinePlace) => {
  const time = sql`${at.toString()}::timestamptz`
  return sql`at < date_trunc('second', ${time}) + interval '1 second'
    and (date_trunc('second', at), greatest(source, ${lastCause}), at, source, id)
      < (date_trunc('second', ${time}), greatest(${source}::int, ${lastCause}), ${time}, ${source}::int, ${id}::bigint)`
}

/** The facts of a mail: of a delivery `d` of an edition `e`. */
export const mailFacts = sql<MailFacts>`
  jsonb_build_object('what', 'mail', 'kind', e.kind, 'subject', e.subject, 'edition', e.slug, 'sending', d.sending,
    'state', d.state, 'reason', d.reason, 'reply', d.reply, 'attempts', d.attempts, 'settled', d.at, 'next', d.due_at,
    'bounced', d.bounced_at, 'bounce', d.bounce, 'complained', d.complained_at)`

/**
 * Each gives (at, source, id, facts); source and id tell two events of one moment apart. An act of the audit log of which a consent
 * tells is left out.
 */
const sourcesOf = (reader: number) => [
  sql`select created_at as at, 0 as source, id, jsonb_build_object('what', 'first seen') as facts
    from subscribers where id = ${reader}`,
  sql`select at, 1 as source, id,
      jsonb_build_object('what', 'consent', 'kind', kind, 'text', text, 'source', source) as facts
    from consents where subscriber_id = ${reader}`,
  sql`select at, 2 as source, id,
      jsonb_build_object('what', 'admin', 'actor', actor, 'action', action, 'reason', reason) as facts
    from audit_events where subject = ${`subscriber:${reader}`}
      and action not in ('change address', 'set subscription', 'pause mail', 'end pause', 'end subscriptions')
      and not (action = 'add subscriber' and detail ->> 'outcome' = 'activated')`,
  sql`select coalesce(slots.due_at, s.confirmed_at) as at, 3 as source, w.subscription_id * 1000 + w.run as id,
      jsonb_build_object('what', 'no digest', 'cadence', w.kind, 'date', w.civil_date, 'reason', w.reason) as facts
    from windows w join subscriptions s on s.id = w.subscription_id left join slots on slots.id = w.slot_id
    where s.subscriber_id = ${reader} and w.edition_id is null`,
  sql`select slots.due_at as at, 4 as source, slots.id,
      jsonb_build_object('what', 'missed digest', 'cadence', slots.cadence, 'date', slots.civil_date) as facts
    from subscriptions s join slots on slots.cadence = s.cadence and slots.local_time = s.local_time
      and slots.zone = s.zone and slots.state = 'missed' and slots.due_at > s.confirmed_at
      and (s.ended_at is null or slots.due_at < s.ended_at)
      and (s.cadence <> 'weekly' or s.weekday = extract(isodow from slots.civil_date::date))
    where s.subscriber_id = ${reader}`,
  sql`select d.dated_at as at, 5 as source, d.id,
      ${mailFacts} as facts
    from deliveries d join editions e on e.id = d.edition_id where d.subscriber_id = ${reader}`,
  sql`select at, 6 as source, id,
      jsonb_build_object('what', 'bounce', 'kind', kind, 'source', source, 'words', detail) as facts
    from bounces where subscriber_id = ${reader}`,
  sql`select at, 7 as source, 0 as id,
      jsonb_build_object('what', 'suppression', 'reason', reason, 'words', words) as facts
    from suppressions where subscriber_id = ${reader}`,
  sql`select greatest(i.begun_at, p.created_at) as at, 8 as source, i.id,
      jsonb_build_object('what', 'import', 'number', i.id, 'file', i.file) as facts
    from subscribers p join imports i on i.id = p.import_id where p.id = ${reader}`,
]
