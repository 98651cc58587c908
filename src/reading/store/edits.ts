import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { EarlierTakeaway, Placement } from '../rules/edits/place-takeaways.ts'

/** What was read of an item before a revision: `last` is the newest revision that could be read. */
export type EarlierReading = {
  last: { title: string; text: string } | undefined
  /** A newer revision was read already. */
  isOutdated: boolean
  takeaways: EarlierTakeaway[]
  /** When edits of the item brought news, since the moment that was asked for. */
  newsAt: Temporal.Instant[]
}

/** So many takeaways of an item are compared, the newest. */
const maxEarlier = 500

/** Locks an item until the transaction ends, so that its revisions are compared one after the other. */
export async function lockItem(tx: Tx, item: number): Promise<void> {
  await tx.selectFrom('items').select('id').where('id', '=', item).forNoKeyUpdate().execute()
}

/** What was read of an item before its revision `n`. */
export async function earlierReading(
  tx: Tx,
  { item, n, since }: { item: number; n: number; since: Temporal.Instant },
): Promise<EarlierReading> {
  const newest = await tx
    .selectFrom('revisions')
    .select(['n', 'title', 'text'])
    .where('item_id', '=', item)
    .where('n', '!=', n)
    .where('state', '=', 'read')
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isOutdated = newest !== undefined && newest.n > n
  if (!newest || isOutdated) return { last: undefined, isOutdated, takeaways: [], newsAt: [] }
  const takeaways = await tx
    .selectFrom('takeaways')
    .select([
      'id',
      'text',
      'current',
      'lineage',
      'wording',
      sql<string>`coalesce(evidence->0->>'quote', '')`.as('quote'),
    ])
    .where('item_id', '=', item)
    .orderBy('current', 'desc')
    .orderBy('revision_id', 'desc')
    .orderBy('ordinal', 'desc')
    .limit(maxEarlier)
    .execute()
  const news = await tx
    .selectFrom('revisions')
    .select((eb) => eb.ref('news_at').$notNull().as('news_at'))
    .where('item_id', '=', item)
    .where('news_at', '>', since)
    .execute()
  return {
    last: { title: newest.title, text: newest.text ?? '' },
    isOutdated,
    takeaways: takeaways.toReversed(),
    newsAt: news.map(({ news_at }) => news_at),
  }
}

/** What an edit did to the takeaways before. */
export type Ending = Pick<Placement, 'ended' | 'changed' | 'gone'> & {
  item: number
  feed: number
  now: Temporal.Instant
  /** When alerts may tell of the changes. */
  alertAt: Temporal.Instant
}

/**
 * Records what an edit did to the takeaways before. The changes have no position yet; those of takeaways that were never
 * news are left out. Returns how many changes there are.
 */
export async function saveEnding(tx: Tx, ending: Ending): Promise<number> {
  const { item, feed, ended, changed, gone } = ending
  if (ended.length) await tx.updateTable('takeaways').set({ current: false }).where('id', 'in', ended).execute()
  if (gone.length) await tx.deleteFrom('takeaway_changes').where('lineage', 'in', gone).execute()
  if (!changed.length) return 0
  const { numAffectedRows } = await sql`
    insert into takeaway_changes (lineage, item_id, feed_id, at, alert_at)
    select line.lineage, ${item}, ${feed}, ${ending.now.toString()}::timestamptz, ${ending.alertAt.toString()}::timestamptz
    from unnest(${changed}::bigint[]) as line (lineage)
    where exists (select 1 from takeaways t join matches m on m.takeaway_id = t.id
      where t.lineage = line.lineage and m.origin = 'live')`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** Records that an edit brought news that may interrupt readers. */
export async function recordNews(tx: Tx, revision: number, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('revisions').set({ news_at: now }).where('id', '=', revision).execute()
}
