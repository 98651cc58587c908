import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { UserError } from '../../platform/user-error.ts'
import type { ReplayReport } from '../replay/report-line.ts'

/** So many revisions are played at once: they are held in memory. */
const maxReports = 20_000

/**
 * The revisions that were saved from `from` up to `to`, as reports that can be played, the oldest first; of these feeds, or of all
 * where there are none. A report became known when it was saved. Entries that were old at the first poll of their feed are left out.
 * @throws UserError when there are too many
 */
export async function storedReports(
  db: Db,
  { from, to, feeds }: { from: Temporal.Instant; to: Temporal.Instant; feeds: number[] },
): Promise<ReplayReport[]> {
  const { rows } = await sql<ReplayReport>`
    select r.id::text as id, f.url as feed, coalesce(nullif(f.title, ''), f.host) as "feedTitle", f.language, f.publisher,
      f.digest_only as "digestOnly", r.saved_at as published, r.title, i.url,
      case when not (f.full_text and length(r.text) > length(r.html)) then r.html end as html,
      case when f.full_text and length(r.text) > length(r.html) then r.text end as text,
      lag(r.id::text) over (partition by r.item_id order by r.n) as revises
    from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where r.saved_at >= ${from.toString()}::timestamptz and r.saved_at < ${to.toString()}::timestamptz
      and r.state in ('read', 'unread') and not i.backfill and not r.skipped
      and (${feeds.length === 0} or f.id = any(${feeds}::bigint[]))
    order by r.saved_at, r.id limit ${maxReports + 1}`.execute(db)
  if (rows.length > maxReports) throw new UserError(tooMany)
  return rows.map(({ revises, ...report }) => ({ ...report, revises: revises ?? undefined }))
}

const tooMany = `More than ${maxReports} revisions were saved in this time. Choose a shorter one with --from and --to.`
