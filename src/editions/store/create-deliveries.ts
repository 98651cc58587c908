import { sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'

/** What every delivery of one sending has in common. */
export type Mailing = {
  edition: number
  key: string
  sending: number
  priority: number
  domain: string
  now: Temporal.Instant
}

/** Owes an edition to the readers of a bound group: their rows are the frozen audience. Returns how many. */
export async function createForSlot(tx: Tx, mailing: Mailing, slot: number): Promise<number> {
  return createDeliveries(
    tx,
    mailing,
    sql`
    from windows w join subscriptions s on s.id = w.subscription_id join subscribers p on p.id = s.subscriber_id
    where w.slot_id = ${slot} and w.edition_id = ${mailing.edition} and p.state = 'active' and s.state = 'active'`,
  )
}

/** Owes an alert to everybody with this filter who is subscribed since before its newest match. */
export async function createForFilter(
  tx: Tx,
  mailing: Mailing,
  filter: { topics: string[]; min_score: number; from: number; cursor: number },
): Promise<number> {
  return createDeliveries(
    tx,
    mailing,
    sql`
    from subscriptions s join subscribers p on p.id = s.subscriber_id
    where s.cadence = 'alert' and s.state = 'active' and p.state = 'active'
      and s.topics = ${filter.topics} and s.min_score = ${filter.min_score}::real
      and greatest(s.from_position, ${filter.cursor}) = ${filter.from}`,
  )
}

/** Owes an edition to one subscriber, for one of his subscriptions or for none. */
export async function createForReader(
  tx: Tx,
  mailing: Mailing,
  subscriber: number,
  subscription?: number,
): Promise<number> {
  return createDeliveries(
    tx,
    mailing,
    sql`
    from subscribers p left join subscriptions s on s.id = ${subscription ?? null} where p.id = ${subscriber}`,
  )
}

/** Who may be sent an edition again, by what became of the last copy owed to them; `email` names one of them. */
export type Again = { kind: 'failed' } | { kind: 'unknown'; email?: string | undefined } | { kind: 'to'; email: string }

/** Owes an edition once more to those of its readers whose last delivery ended so, or to one reader. */
export async function createAgain(tx: Tx, mailing: Mailing, who: Again): Promise<number> {
  return createDeliveries(tx, mailing, again(mailing.edition, who))
}

/** How many that would be, with the first few addresses. */
export async function previewAgain(db: Db, edition: number, who: Again): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count ${again(edition, who)} order by p.email limit ${shownInSample}`.execute(
    db,
  )
  return sampleOf(rows)
}

/** Nobody who left, and nobody who still waits for a copy: pressing twice sends once. */
function again(edition: number, who: Again) {
  const last = sql`select distinct on (d.subscriber_id) d.subscriber_id, d.subscription_id, d.state
    from deliveries d where d.edition_id = ${edition} order by d.subscriber_id, d.sending desc`
  if (who.kind === 'to') {
    return sql`from subscribers p left join (${last}) d on d.subscriber_id = p.id
      left join subscriptions s on s.id = d.subscription_id
      where p.email = ${who.email} and p.state = 'active' and coalesce(s.state, 'active') = 'active'
        and coalesce(d.state, 'accepted') not in ('due', 'claimed', 'submitted', 'deferred')`
  }
  const one = who.kind === 'unknown' && who.email ? sql`p.email = ${who.email}` : sql`true`
  return sql`from (${last}) d join subscribers p on p.id = d.subscriber_id
    left join subscriptions s on s.id = d.subscription_id
    where d.state = ${who.kind} and ${one} and p.state = 'active' and coalesce(s.state, 'active') = 'active'`
}

/** The Message-ID hashes the ledger's own key (RFC 5322 3.6.4), so a retry says the same and a resend another. */
async function createDeliveries(tx: Tx, m: Mailing, audience: ReturnType<typeof sql>): Promise<number> {
  const at = sql`${m.now.toString()}::timestamptz`
  const { numAffectedRows } = await sql`
    insert into deliveries
      (edition_id, subscriber_id, subscription_id, sending, priority, due_at, dated_at, at, message_id)
    select ${m.edition}, p.id, s.id, ${m.sending}, ${m.priority}, ${at}, date_trunc('second', ${at}), ${at},
      '<' || substr(encode(sha256(convert_to(${`${m.key}:${m.sending}:`} || p.id, 'UTF8')), 'hex'), 1, 32)
        || '@' || ${m.domain}::text || '>'
    ${audience}
    on conflict (edition_id, subscriber_id, sending) do nothing`.execute(tx)
  return Number(numAffectedRows)
}
