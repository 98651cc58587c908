import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Origin } from '../../platform/db/tables/reading.ts'
import type { Takeaway } from '../rules/types.ts'

/** Where takeaways come from. */
type TakeawaySource = { revision: number; item: number; feed: number; origin: Origin }

/** Stores the takeaways of a revision with their evidence, and their matches, which have no position yet. */
export async function saveTakeaways(tx: Tx, source: TakeawaySource, takeaways: Takeaway[]): Promise<void> {
  if (!takeaways.length) return
  const earlier = await earlierTakeaways(tx, source.item, source.revision)
  const rows = await tx
    .insertInto('takeaways')
    .values(takeaways.map((takeaway) => takeawayRow(source, takeaway, earlier)))
    .returning(['id', 'ordinal'])
    .execute()
  const ids = new Map(rows.map((row) => [row.ordinal, row.id]))
  const matches = takeaways.flatMap((takeaway) => matchRows(source, ids.get(takeaway.ordinal)!, takeaway))
  if (matches.length) await tx.insertInto('matches').values(matches).execute()
}

/** The ids of the takeaways of the item's earlier revisions, by their text. `carried_from` refers to them. */
async function earlierTakeaways(tx: Tx, item: number, revision: number): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('takeaways')
    .select(['id', 'text'])
    .where('item_id', '=', item)
    .where('revision_id', '<', revision)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.text, row.id]))
}

function takeawayRow(source: TakeawaySource, takeaway: Takeaway, earlier: Map<string, number>) {
  return {
    revision_id: source.revision,
    item_id: source.item,
    ordinal: takeaway.ordinal,
    kind: takeaway.kind,
    text: takeaway.text,
    attribution: takeaway.attribution,
    evidence: JSON.stringify(takeaway.evidence),
    carried_from: earlier.get(takeaway.text) ?? null,
  }
}

function matchRows(source: TakeawaySource, takeaway: number, { topics }: Takeaway) {
  return topics.map((match) => ({
    takeaway_id: takeaway,
    item_id: source.item,
    feed_id: source.feed,
    topic: match.topic,
    version: match.version,
    score: match.score,
    words: JSON.stringify(match.words),
    via: match.via,
    origin: source.origin,
  }))
}

/** The key of the advisory lock: one transaction at a time gives positions. */
const numberingLock = 7_140_001

/**
 * Gives every match without a position the next one, and returns the last position. One transaction at a time does so,
 * and it sees committed matches only: those of a slow writer get later positions, and no window (from, to] can miss
 * them.
 */
export async function numberMatches(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(${numberingLock})`.execute(tx)
  const { rows } = await sql<{ value: number }>`
    with fresh as (
      select id, row_number() over (order by id) as n from matches where position is null
    ), numbered as (
      update matches set position = counter.value + fresh.n
      from fresh, position_counter counter
      where matches.id = fresh.id
      returning 1
    )
    update position_counter set value = value + (select count(*) from numbered) returning value`.execute(tx)
  return rows[0]!.value
}
