import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { TroubleKind } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import type { DomainAnswers } from '../rules/domain-trouble.ts'
import { isGood } from './answers.ts'

/** A mail domain in trouble, what it says, and for how many readers. */
export type DomainTrouble = {
  domain: string
  kind: TroubleKind
  since: Temporal.Instant
  last_at: Temporal.Instant
  refused: number
  words: string
}

/** A trouble with what became of the mails whose refusal was held: how many wait, and how many were accepted since. */
export type ShownTrouble = DomainTrouble & { waiting: number; served: number }

/** The troubles that went on at an instant or later, the last one first. */
export async function troublesSince(db: Db, at: Temporal.Instant): Promise<ShownTrouble[]> {
  const { rows } = await sql<ShownTrouble>`
    select t.*, count(d.id) filter (where d.state in ('deferred', 'due', 'claimed', 'submitted')) as waiting,
      count(d.id) filter (where d.state = 'accepted') as served
    from domain_troubles t left join lateral (
      select id, state from deliveries where id in (
        select b.delivery_id from bounces b
        where b.domain = t.domain and b.at >= t.since and b.kind = 'held' and b.source = 'reply')) d on true
    where t.last_at >= ${at.toString()}::timestamptz
    group by t.domain, t.kind order by t.last_at desc`.execute(db)
  return rows
}

/** Lets one transaction at a time judge a domain: the last one sees the answers of all before it. */
export async function lockDomain(tx: Tx, domain: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`domain:${domain}`}, 0))`.execute(tx)
}

/** Since when a domain is in a trouble that went on after `at`; undefined when it is not. */
export async function troubleOf(db: Db, domain: string, at: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const trouble = await db
    .selectFrom('domain_troubles')
    .select('since')
    .where('domain', '=', domain)
    .where('kind', '=', 'dead')
    .where('last_at', '>=', at)
    .executeTakeFirst()
  return trouble?.since
}

/** Notes a trouble, and locks its row. Its begin stays unless the trouble before it ended before `endedBefore`. */
export async function noteTrouble(
  db: Db,
  { since, last_at, ...trouble }: DomainTrouble,
  endedBefore: Temporal.Instant,
): Promise<{ isNew: boolean }> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into domain_troubles as t (domain, kind, since, last_at, refused, words)
    values (${trouble.domain}, ${trouble.kind}, ${since.toString()}::timestamptz, ${last_at.toString()}::timestamptz,
      ${trouble.refused}, ${trouble.words})
    on conflict (domain, kind) do update set last_at = excluded.last_at, words = excluded.words,
      refused = excluded.refused,
      since = case when t.last_at < ${endedBefore.toString()}::timestamptz then excluded.since else t.since end
    returning since = ${since.toString()}::timestamptz as fresh`.execute(db)
  return { isNew: rows[0]!.fresh }
}

/** Ends the trouble of a domain. */
export async function endTrouble(db: Db, domain: string): Promise<void> {
  await db.deleteFrom('domain_troubles').where('domain', '=', domain).where('kind', '=', 'dead').execute()
}

/** Which answers are meant: anybody who got one of our mails can send reports by mail. */
type Answers = 'all' | 'not by mail' | 'reports by mail'

const areMeant = (answers: Answers) =>
  answers === 'all' ? sql`` : answers === 'not by mail' ? sql`and source <> 'smtp'` : sql`and source = 'smtp'`

/** The readers of a domain that were called dead since an instant and had a mail accepted before, not after. */
export async function countCalledDead(
  db: Db,
  domain: string,
  since: Temporal.Instant,
  answers: Answers,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct b.subscriber_id) as n from bounces b
    where b.domain = ${domain} and b.at >= ${since.toString()}::timestamptz and b.kind in ('dead', 'held')
      ${areMeant(answers)} and exists (select 1 from deliveries d where d.subscriber_id = b.subscriber_id and ${isGood})
      and not exists (select 1 from deliveries d
        where d.subscriber_id = b.subscriber_id and ${isGood} and d.at > b.at)`.execute(db)
  return rows[0]!.n
}

/**
 * How many mailboxes of a domain sent a report by mail since an instant that calls them dead, each of a mail of ours with a signed
 * mark, and had a mail accepted before. Addresses that differ in what follows a `+` are one mailbox.
 */
export async function countReporters(db: Db, domain: string, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct regexp_replace(p.email, '\\+[^@]*@', '@')) as n
    from bounces b join subscribers p on p.id = b.subscriber_id
    where b.domain = ${domain} and b.at >= ${since.toString()}::timestamptz and b.kind in ('dead', 'held')
      ${areMeant('reports by mail')} and b.delivery_id is not null
      and exists (select 1 from deliveries d where d.subscriber_id = b.subscriber_id and ${isGood})`.execute(db)
  return rows[0]!.n
}

/** Its answers, where accepted readers are counted up to a number that says enough: a large domain has many of them. */
export async function answersOfDomain(
  db: Db,
  domain: string,
  since: Temporal.Instant,
  dead: number,
): Promise<DomainAnswers> {
  const enough = dead * 10
  const { rows } = await sql<{ n: number }>`
    select count(distinct subscriber_id) as n from (
      select d.subscriber_id from subscribers p join deliveries d on d.subscriber_id = p.id
      where substring(p.email from '@([^@]*)$') = ${domain} and ${isGood} and d.at >= ${since.toString()}::timestamptz
      limit ${enough}) accepted`.execute(db)
  return { dead, accepted: rows[0]!.n }
}

/** Turns answers of a domain since an instant into held ones, and lifts the suppressions that followed from them. */
export async function holdAnswers(tx: Tx, domain: string, since: Temporal.Instant, answers: Answers): Promise<void> {
  const from = sql`${since.toString()}::timestamptz`
  await sql`update bounces set kind = 'held' where domain = ${domain} and at >= ${from} and kind = 'dead'
    ${areMeant(answers)}`.execute(tx)
  await sql`delete from suppressions where reason = 'dead address' and at >= ${from} and subscriber_id in (
    select subscriber_id from bounces where domain = ${domain} and at >= ${from} and kind = 'held'
      ${areMeant(answers)})`.execute(tx)
}

/** A delivery that failed by a held answer of its server, with what its next attempt depends on. */
export type HeldDelivery = {
  id: number
  kind: EditionKind
  attempts: number
  dated_at: Temporal.Instant
  reply: string
}

/** The deliveries that failed by held answers since an instant, unless an admin has sent their edition again. */
export async function heldDeliveries(tx: Tx, domain: string, since: Temporal.Instant): Promise<HeldDelivery[]> {
  const { rows } = await sql<HeldDelivery>`
    select d.id, e.kind, d.attempts, d.dated_at, coalesce(d.reply, '') as reply from deliveries d join editions e on e.id = d.edition_id
    where d.state = 'failed' and d.id in (select b.delivery_id from bounces b
        where b.domain = ${domain} and b.at >= ${since.toString()}::timestamptz and b.kind = 'held' and b.source = 'reply')
      and not exists (select 1 from deliveries later where later.edition_id = d.edition_id
        and later.subscriber_id = d.subscriber_id and later.sending > d.sending)
    order by e.id, d.id for update of e`.execute(tx)
  return rows
}

/** Makes failed deliveries wait for another attempt. */
export async function reopenDeliveries(
  tx: Tx,
  deliveries: { id: number; dueAt: Temporal.Instant }[],
  reason: string,
): Promise<void> {
  if (!deliveries.length) return
  await sql`update deliveries d set state = 'deferred', due_at = r.dues[array_position(r.ids, d.id)], reason = ${reason}
    from (select ${deliveries.map(({ id }) => id)}::bigint[] as ids,
      ${deliveries.map(({ dueAt }) => dueAt.toString())}::timestamptz[] as dues) r
    where d.id = any(r.ids) and d.state = 'failed'`.execute(tx)
}
