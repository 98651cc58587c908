import { sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { getsMail } from '../../platform/db/gets-mail.ts'
import type { SlotRow } from './slots.ts'
import { bindingGroup, type Group } from './windows.ts'
import { withheldReason } from './withheld-items.ts'

/** What all deliveries of one sending have in common; `key` and `domain` make their Message-IDs. */
export type Mailing = {
  edition: number
  key: string
  sending: number
  priority: number
  domain: string
  now: Temporal.Instant
}

/** Binds the windows of a group to a digest, and creates the deliveries for its readers, the frozen audience; returns how many. */
export async function createForGroupOfSlot(tx: Tx, mailing: Mailing, slot: SlotRow, group: Group): Promise<number> {
  return createDeliveriesFor(
    tx,
    mailing,
    sql`
    from bound join subscriptions s on s.id = bound.subscription_id join subscribers p on p.id = s.subscriber_id
    where p.state = 'active' and s.state = 'active'`,
    { first: sql`with bound as (${bindingGroup(slot, group, mailing.edition)})` },
  )
}

/** Creates the deliveries of a welcome for subscriptions, its frozen audience; returns how many. */
export async function createForSubscriptions(tx: Tx, mailing: Mailing, subscriptions: number[]): Promise<number> {
  return createDeliveriesFor(tx, mailing, ofSubscriptions(subscriptions))
}

const ofSubscriptions = (subscriptions: number[]) => sql`
  from subscriptions s join subscribers p on p.id = s.subscriber_id
  where s.id = any(${subscriptions}::bigint[]) and p.state = 'active' and s.state = 'active'`

/** The same for subscriptions to alerts. Each copy replies to the last one of the editions `repliesTo` that its reader was sent. */
export async function createForAlert(
  tx: Tx,
  mailing: Mailing,
  subscriptions: number[],
  repliesTo: number[],
): Promise<number> {
  const inReplyTo = repliesTo.length > 0 ? lastCopyOf(repliesTo) : sql`null`
  return createDeliveriesFor(tx, mailing, ofSubscriptions(subscriptions), { inReplyTo })
}

/** Creates a delivery for one subscriber, for none of their subscriptions; returns how many. */
export async function createForReader(tx: Tx, mailing: Mailing, subscriber: number): Promise<number> {
  return createDeliveriesFor(
    tx,
    mailing,
    sql`
    from subscribers p left join subscriptions s on false where p.id = ${subscriber}`,
  )
}

/** Creates a delivery for each of some readers, as long as they have not left; returns how many. */
export async function createForReaders(tx: Tx, mailing: Mailing, readers: number[]): Promise<number> {
  return createDeliveriesFor(
    tx,
    mailing,
    sql`
    from subscribers p left join subscriptions s on false
    where p.id = any(${readers}::bigint[]) and p.state = 'active'`,
  )
}

/**
 * Creates a delivery for each of some readers, who may be pending. The first one is due at `from`, and each next one `everyMs`
 * later; a mail is dated when it is due.
 */
export async function createSpread(
  tx: Tx,
  mailing: Mailing,
  readers: number[],
  { from, everyMs }: { from: Temporal.Instant; everyMs: number },
): Promise<number> {
  return createDeliveriesFor(
    tx,
    mailing,
    sql`
    from unnest(${readers}::bigint[]) with ordinality r (id, n) join subscribers p on p.id = r.id
    left join subscriptions s on false`,
    { due: sql`${from.toString()}::timestamptz + (r.n - 1) * ${everyMs}::float8 * interval '1 millisecond'` },
  )
}

/** Who is sent an edition again: all whose last delivery is in this state, one of them (`email`), or one reader (`to`). */
export type Again = { kind: 'failed' } | { kind: 'unknown'; email?: string | undefined } | { kind: 'to'; email: string }

/** A repetition of an edition, with the key of the hashes of suppressed addresses. */
export type Repeat = { edition: number; who: Again; suppressionKey: string | null }

/** Creates the deliveries of a resend; returns how many. */
export async function createAgain(tx: Tx, mailing: Mailing, repeat: Repeat): Promise<number> {
  return createDeliveriesFor(tx, mailing, again(repeat), { inReplyTo: sql`d.in_reply_to` })
}

/** How many deliveries `createAgain` would create, with the first few addresses. */
export async function previewAgain(db: Db, repeat: Repeat): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count ${again(repeat)} order by p.email limit ${shownInSample}`.execute(db)
  return sampleOf(rows)
}

/** Leaves out readers who get no mail now, and those who still wait for a copy: a request that comes twice sends once. */
function again({ edition, who, suppressionKey }: Repeat) {
  const isMailed = getsMail(suppressionKey)
  const last = sql`select distinct on (d.subscriber_id) d.subscriber_id, d.subscription_id, d.state, d.in_reply_to
    from deliveries d where d.edition_id = ${edition} order by d.subscriber_id, d.sending desc`
  if (who.kind === 'to') {
    return sql`from subscribers p left join (${last}) d on d.subscriber_id = p.id
      left join subscriptions s on s.id = d.subscription_id
      where p.email = ${who.email} and ${isMailed}
        and coalesce(d.state, 'accepted') not in ('due', 'claimed', 'submitted', 'deferred')`
  }
  const one = who.kind === 'unknown' && who.email ? sql`p.email = ${who.email}` : sql`true`
  return sql`from (${last}) d join subscribers p on p.id = d.subscriber_id
    left join subscriptions s on s.id = d.subscription_id
    where d.state = ${who.kind} and ${one} and ${isMailed}`
}

/** So many Message-IDs a mail names: the first of its thread, and the last ones. */
const maxInReplyTo = 20

/** What the last copy of these editions that the reader `p` was sent replies to, and its own Message-ID behind it. */
const lastCopyOf = (editions: number[]) => sql`(
  select case when cardinality(a.in_reply_to) < ${sql.lit(maxInReplyTo)} then a.in_reply_to
      else a.in_reply_to[1:1] || a.in_reply_to[cardinality(a.in_reply_to) - ${sql.lit(maxInReplyTo - 3)}:] end || a.message_id
  from deliveries a join editions e on e.id = a.edition_id
  where a.edition_id = any(${editions}::bigint[]) and a.subscriber_id = p.id and a.state not in ('failed', 'skipped')
  order by e.closed_at desc, a.id desc limit 1)`

/**
 * Creates deliveries for an audience: a from clause of readers `p` with their subscriptions `s`; returns how many.
 * The Message-ID is a hash of the ledger's key (RFC 5322 3.6.4): a retry has the same one, a resend a new one. A mail that was kept
 * back and is composed the same again, since its item was released, is due again.
 */
export async function createDeliveriesFor(
  tx: Tx,
  mailing: Mailing,
  audience: ReturnType<typeof sql>,
  {
    inReplyTo = sql`null`,
    due,
    first = sql``,
  }: Partial<Record<'inReplyTo' | 'due' | 'first', ReturnType<typeof sql>>> = {},
): Promise<number> {
  const { edition, key, sending, priority, domain, now } = mailing
  const at = sql`${now.toString()}::timestamptz`
  const dueAt = due ?? at
  const { numAffectedRows } = await sql`
    ${first}
    insert into deliveries
      (edition_id, subscriber_id, subscription_id, sending, priority, due_at, dated_at, at, message_id, in_reply_to)
    select ${edition}, p.id, s.id, ${sending}, ${priority}, ${dueAt}, date_trunc('second', ${dueAt}), ${at},
      '<' || substr(encode(sha256(convert_to(${`${key}:${sending}:`} || p.id, 'UTF8')), 'hex'), 1, 32)
        || '@' || ${domain}::text || '>',
      coalesce(${inReplyTo}, '{}'::text[])
    ${audience}
    on conflict (edition_id, subscriber_id, sending) do update
      set state = 'due', reason = null, due_at = excluded.due_at, dated_at = excluded.dated_at, at = excluded.at
      where deliveries.state = 'skipped' and deliveries.reason = ${withheldReason}`.execute(tx)
  return Number(numAffectedRows)
}
