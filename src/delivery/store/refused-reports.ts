import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/**
 * Why the bounce listener took nothing from a mail: it was too large, could never be read, could not be taken for now, or was a
 * feedback report that names no mail of ours.
 */
export const refusedKinds = ['too large', 'unreadable', 'failed', 'unmatched'] as const
export type RefusedKind = (typeof refusedKinds)[number]

/** Counts one more mail of a kind on a UTC day. */
export async function countRefusedReport(db: Db, kind: RefusedKind, day: string): Promise<void> {
  await sql`insert into refused_reports as r (day, kind, count) values (${day}::date, ${kind}, 1)
    on conflict (day, kind) do update set count = r.count + 1`.execute(db)
}

/** The mails of each kind since a UTC day. */
export async function refusedReports(db: Db, since: string): Promise<Partial<Record<RefusedKind, number>>> {
  const { rows } = await sql<{ kind: RefusedKind; n: number }>`
    select kind, sum(count)::bigint as n from refused_reports where day >= ${since}::date group by kind`.execute(db)
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}
