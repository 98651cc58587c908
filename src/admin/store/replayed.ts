import type { Db } from '../../platform/db/db.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** A mail of a replay as the ledger has it. */
export type ReplayedDelivery = {
  id: number
  edition_id: number
  kind: EditionKind
  subject: string
  html: string
  text: string
  takeaways: number[]
  stories: unknown
  closed_at: Temporal.Instant
}

/** Sets the mails that are due to accepted, as a relay would at once, and returns them in the order of their creation. */
export async function acceptDue(db: Db, now: Temporal.Instant): Promise<ReplayedDelivery[]> {
  const accepted = await db
    .updateTable('deliveries')
    .set({ state: 'accepted', due_at: null, at: now })
    .where('state', '=', 'due')
    .returning(['id', 'edition_id'])
    .execute()
  if (accepted.length === 0) return []
  return db
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .select(['deliveries.id', 'edition_id', 'kind', 'subject', 'html', 'text', 'takeaways', 'stories', 'closed_at'])
    .where(
      'deliveries.id',
      'in',
      accepted.map(({ id }) => id),
    )
    .orderBy('deliveries.id')
    .execute()
}

/** A takeaway of a mail, with what its report is known by. */
export type ToldTakeaway = { id: number; text: string; feed: string; key: string; content_hash: string }

/** Takeaways by their ids. */
export async function toldTakeaways(db: Db, ids: number[]): Promise<Map<number, ToldTakeaway>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('takeaways')
    .innerJoin('revisions', 'revisions.id', 'takeaways.revision_id')
    .innerJoin('items', 'items.id', 'takeaways.item_id')
    .innerJoin('feeds', 'feeds.id', 'items.feed_id')
    .select(['takeaways.id', 'takeaways.text', 'feeds.url as feed', 'items.key', 'revisions.content_hash'])
    .where('takeaways.id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
