import { sql } from 'kysely'
import { addressKey } from '../../platform/address.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { macOf } from '../../platform/mac.ts'
import { atOnce, type RequestedMail } from '../rules/sign-up-limits.ts'

/** The times at which each of some sources asked before. Locks their rows until the transaction ends. */
export async function lockSources(
  tx: Tx,
  sources: string[],
  now: Temporal.Instant,
): Promise<Map<string, Temporal.Instant[]>> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<{ source: string; times: string[] | null }>`
    insert into sign_ups (source, last_at, ends_at)
    select source, 'epoch'::timestamptz, ${at} from unnest(${[...new Set(sources)].sort()}::text[]) as asked (source)
    on conflict (source) do update set source = excluded.source
    returning source, to_json(times) as times`.execute(tx)
  return new Map(rows.map(({ source, times }) => [source, (times ?? []).map((time) => Temporal.Instant.from(time))]))
}

/** What a source has asked for, with the domain and the mark of an address. */
export type AskedTimes = {
  source: string
  times: Temporal.Instant[]
  endsAt: Temporal.Instant
  domain: string | null
  address: string | null
}

/** A keyed hash of an address that was entered in a form: an erasure finds the counts of the address by it. */
export const askedMark = (key: string, email: string): string => macOf(key, 'sign-up address', addressKey(email))

/** Deletes the counts of requests for some addresses; `keys` are the secret keys, since any of them may have made a mark. */
export async function forgetAsked(tx: Tx, keys: string[], addresses: string[]): Promise<number> {
  const marks = addresses.flatMap((email) => keys.map((key) => askedMark(key, email)))
  const { numDeletedRows } = await tx.deleteFrom('sign_ups').where('address', 'in', marks).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Stores at which times sources asked. */
export async function saveAsked(tx: Tx, asked: AskedTimes[], now: Temporal.Instant): Promise<void> {
  const rows = asked.map(({ source, times, endsAt, domain, address }) => ({
    source,
    domain,
    address,
    times: times.map(String),
    ends: endsAt.toString(),
  }))
  await sql`
    update sign_ups s set times = a.times, domain = a.domain, address = a.address, last_at = ${now.toString()}::timestamptz, ends_at = a.ends
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as a (source text, domain text, address text, times timestamptz[], ends timestamptz)
    where s.source = a.source`.execute(tx)
}

/** How many signed up in the last minute, and how many of each domain; counted no further than what makes a rush. */
export async function signUpsOfMinute(
  db: Db,
  domains: string[],
  now: Temporal.Instant,
): Promise<{ ofAll: number; ofDomain: Map<string, number> }> {
  const lately = sql`from sign_ups where domain is not null
    and last_at > ${now.subtract({ minutes: 1 }).toString()}::timestamptz`
  const { rows } = await sql<{ domain: string; of_domain: number; of_all: number }>`
    select asked.domain, n as of_domain,
      (select count(*) from (select ${lately} limit ${atOnce.ofAll}) a) as of_all
    from unnest(${domains}::text[]) as asked (domain)
    cross join lateral (
      select count(*) as n from (select ${lately} and sign_ups.domain = asked.domain limit ${atOnce.ofDomain}) b) c
    `.execute(db)
  return { ofAll: rows[0]?.of_all ?? 0, ofDomain: new Map(rows.map((row) => [row.domain, row.of_domain])) }
}

/**
 * The mails of one kind that a reader asked for in the last 30 days, without those that were never sent. A confirmation counts until
 * the reader confirms: who has confirmed is no victim of a stranger.
 */
export async function requestedMails(
  tx: Tx,
  subscriberId: number,
  kind: 'confirmation' | 'link' | 'change',
  { since }: { since: Temporal.Instant },
): Promise<RequestedMail[]> {
  return tx
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
    .innerJoin('sendings', (join) =>
      join
        .onRef('sendings.edition_id', '=', 'deliveries.edition_id')
        .onRef('sendings.n', '=', 'deliveries.sending')
        .on('sendings.actor', 'in', ['reader', 'import']),
    )
    .select((eb) => ['deliveries.dated_at as at', eb('deliveries.state', '=', 'failed').as('failed')])
    .$narrowType<{ failed: boolean }>()
    .where('deliveries.subscriber_id', '=', subscriberId)
    .where('editions.kind', '=', kind)
    .where('deliveries.state', '!=', 'skipped')
    .where('deliveries.dated_at', '>', since)
    .where((eb) =>
      eb.or([
        eb.val(kind !== 'confirmation'),
        eb('subscribers.confirmed_at', 'is', null),
        eb('deliveries.dated_at', '>', eb.ref('subscribers.confirmed_at')),
      ]),
    )
    .orderBy('deliveries.dated_at')
    .execute()
}
