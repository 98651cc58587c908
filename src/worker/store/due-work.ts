import { sql } from 'kysely'
import { type AudienceSample, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db } from '../../platform/db/db.ts'
import { ineligibilityOf } from '../../platform/db/ineligibility.ts'
import { suppressionHashOf } from '../../platform/db/suppression-hash.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** The key of the hashes of suppressed addresses, and the addresses and mail domains that alone get mail; none for all. */
export type MayGetMail = { suppressionKey: string | null; allowlist: readonly string[] }

/** The due deliveries that the sender would begin, by the kind of their edition, in the order of their priority. */
export async function dueByKind(
  db: Db,
  now: Temporal.Instant,
  { suppressionKey, allowlist }: MayGetMail,
): Promise<(AudienceSample & { kind: EditionKind })[]> {
  const hash = suppressionKey === null ? sql`''` : suppressionHashOf(suppressionKey, sql`p.email`)
  const isListed = sql`(p.email = any(${allowlist}::text[]) or substring(p.email from '@([^@]*)$') = any(${allowlist}::text[]))`
  const { rows } = await sql<AudienceSample & { kind: EditionKind }>`
    select e.kind, count(*) as count, (array_agg(p.email order by d.due_at, d.id))[1:${sql.lit(shownInSample)}] as sample
    from deliveries d join editions e on e.id = d.edition_id join subscribers p on p.id = d.subscriber_id
    where d.due_at <= ${now.toString()}::timestamptz and d.state in ('due', 'deferred') and e.paused_at is null
      and ${ineligibilityOf(sql`e.kind`, hash)} is null ${allowlist.length ? sql`and ${isListed}` : sql``}
    group by e.kind, d.priority order by d.priority, e.kind`.execute(db)
  return rows
}

/** How many active subscriptions have no welcome digest yet. */
export async function countNewSubscriptions(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('subscriptions as s')
    .leftJoin('windows as w', (join) => join.onRef('w.subscription_id', '=', 's.id').on('w.kind', '=', 'welcome'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('s.state', '=', 'active')
    .where('w.subscription_id', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}
