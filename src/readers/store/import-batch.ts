import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Choice } from '../rules/subscription.ts'
import { columnsOf, type Subscription } from './subscriptions.ts'

/** What is known of an address before an import takes it. `left`: its reader unsubscribed once, and did not confirm again since. */
export type KnownAddress = {
  id: number
  email: string
  state: 'pending' | 'active' | 'gone'
  left: boolean
  import_id: number | null
}

/** The readers among these addresses (`addressKey`), locked until the transaction ends. */
export async function lockAddresses(tx: Tx, emails: string[]): Promise<KnownAddress[]> {
  const { rows } = await sql<KnownAddress>`
    select p.id, p.email, p.state, p.import_id, p.state = 'gone' or p.state = 'pending' and (p.confirmed_at is not null
      or exists (select from consents c where c.subscriber_id = p.id and c.kind = 'withdrawn')) as left
    from subscribers p where p.email = any(${emails}::text[]) order by p.id for no key update of p`.execute(tx)
  return rows
}

/** A reader whom an import brings. */
export type NewReader = { email: string; written: string; nonce: string; paused_until: string | null }

/** Enters readers as pending; returns the ids of those who were not there, by their addresses. */
export async function insertReaders(
  tx: Tx,
  readers: NewReader[],
  { importId, now }: { importId: number; now: Temporal.Instant },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; email: string }>`
    insert into subscribers (email, written_email, state, nonce, created_at, paused_until, import_id)
    select r.email, nullif(r.written, r.email), 'pending', r.nonce, ${now.toString()}::timestamptz, r.paused_until, ${importId}
    from jsonb_to_recordset(${JSON.stringify(readers)}::jsonb)
      as r (email text, written text, nonce text, paused_until timestamptz)
    on conflict (email) do nothing returning id, email`.execute(tx)
  return new Map(rows.map(({ id, email }) => [email, id]))
}

/** A subscription that an import brings; an active one begins at the position. */
export type NewSubscription = { reader: number; choice: Choice; active: boolean }

/** Adds subscriptions beside those that their readers have. The caller holds the readers' locks. */
export async function insertSubscriptions(
  tx: Tx,
  added: NewSubscription[],
  { position, now }: { position: number; now: Temporal.Instant },
): Promise<void> {
  const at = sql`${now.toString()}::timestamptz`
  const rows = added.map(({ reader, choice, active }, n) => {
    return {
      n,
      subscriber_id: reader,
      cadence: choice.cadence,
      state: active ? 'active' : 'pending',
      ...columnsOf(choice),
    }
  })
  await sql`
    insert into subscriptions (subscriber_id, cadence, ordinal, state, topics, all_topics, min_score, feeds, places, languages,
      local_time, zone, weekday, minutes, quiet_mail, max_alerts, quiet_from, quiet_to, from_position, confirmed_at, created_at)
    select r.subscriber_id, r.cadence,
      (select count(*) from subscriptions o where o.subscriber_id = r.subscriber_id and o.cadence = r.cadence)
        + row_number() over (partition by r.subscriber_id, r.cadence order by r.n) - 1,
      r.state, r.topics, r.all_topics, r.min_score, r.feeds, r.places, r.languages, r.local_time, r.zone, r.weekday, r.minutes,
      r.quiet_mail, r.max_alerts, r.quiet_from, r.quiet_to,
      case r.state when 'active' then ${position}::bigint else 0 end, case r.state when 'active' then ${at} end, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (n integer, subscriber_id bigint, cadence text, state text,
      topics text[], all_topics boolean, min_score real, feeds bigint[], places text[], languages text[], local_time text,
      zone text, weekday smallint, minutes smallint, quiet_mail boolean, max_alerts smallint, quiet_from text, quiet_to text)
    order by r.n`.execute(tx)
}

/** Makes readers active; those who were there before belong to the import from now on. */
export async function activateReaders(
  tx: Tx,
  ids: number[],
  { importId, now }: { importId: number; now: Temporal.Instant },
): Promise<void> {
  await sql`
    update subscribers set state = 'active', confirmed_at = ${now.toString()}::timestamptz, gone_at = null, import_id = ${importId}
    where id = any(${ids}::bigint[]) and state <> 'active'`.execute(tx)
}

/** Activates subscriptions that wait for a confirmation; they begin at the position. */
export async function activateSubscriptions(
  tx: Tx,
  ids: number[],
  { position, now }: { position: number; now: Temporal.Instant },
): Promise<void> {
  await sql`
    update subscriptions set state = 'active', from_position = ${position}, confirmed_at = ${now.toString()}::timestamptz
    where id = any(${ids}::bigint[]) and state = 'pending'`.execute(tx)
}

/** The subscriptions of these readers, ended ones too; readers without one are left out. */
export async function subscriptionsByReader(tx: Tx, readers: number[]): Promise<Map<number, Subscription[]>> {
  if (readers.length === 0) return new Map()
  const { rows } = await sql<Subscription>`
    select * from subscriptions where subscriber_id = any(${readers}::bigint[])`.execute(tx)
  return Map.groupBy(rows, (row) => row.subscriber_id)
}
