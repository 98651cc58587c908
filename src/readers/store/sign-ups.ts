import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { atOnce, type CountedSource, type RequestedMail, type SignUpsOfMinute } from '../rules/sign-up-limits.ts'

/** The times at which each of some sources asked before. Locks their rows until the transaction ends. */
export async function lockSources(
  tx: Tx,
  sources: CountedSource[],
  now: Temporal.Instant,
): Promise<Map<string, Temporal.Instant[]>> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<{ source: string; times: string[] | null }>`
    insert into sign_ups (source, last_at, ends_at)
    select source, '-infinity'::timestamptz, ${at} from unnest(${sources.map(({ source }) => source).sort()}::text[]) as asked (source)
    on conflict (source) do update set source = excluded.source
    returning source, to_json(times) as times`.execute(tx)
  return new Map(rows.map(({ source, times }) => [source, (times ?? []).map((time) => Temporal.Instant.from(time))]))
}

/** What a source has asked for, with the domain of an address. */
export type AskedTimes = { source: string; times: Temporal.Instant[]; endsAt: Temporal.Instant; domain: string | null }

/** Stores at which times sources asked. */
export async function saveAsked(tx: Tx, asked: AskedTimes[], now: Temporal.Instant): Promise<void> {
  const rows = asked.map(({ source, times, endsAt, domain }) => ({
    source,
    domain,
    times: times.map(String),
    ends: endsAt.toString(),
  }))
  await sql`
    update sign_ups s set times = a.times, domain = a.domain, last_at = ${now.toString()}::timestamptz, ends_at = a.ends
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as a (source text, domain text, times timestamptz[], ends timestamptz)
    where s.source = a.source`.execute(tx)
}

/** How many signed up in the last minute, counted no further than what makes a rush. */
export async function signUpsOfMinute(db: Db, domain: string, now: Temporal.Instant): Promise<SignUpsOfMinute> {
  const lately = sql`from sign_ups where domain is not null
    and last_at > ${now.subtract({ minutes: 1 }).toString()}::timestamptz`
  const { rows } = await sql<SignUpsOfMinute>`
    select (select count(*) from (select ${lately} limit ${atOnce.ofAll}) a) as "ofAll",
      (select count(*) from (select ${lately} and domain = ${domain} limit ${atOnce.ofDomain}) b) as "ofDomain"
    `.execute(db)
  return rows[0] ?? { ofAll: 0, ofDomain: 0 }
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
