import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Origin } from '../../platform/db/tables/reading.ts'
import type { Takeaway } from '../rules/types.ts'

type Place = { revision: number; item: number; feed: number; origin: Origin }

/** Stores what was read out of a revision: takeaways with their evidence, and their matches, unnumbered. */
export async function saveTakeaways(tx: Tx, place: Place, takeaways: Takeaway[]): Promise<void> {
  if (!takeaways.length) return
  const before = await claimsBefore(tx, place.item, place.revision)
  const rows = await tx
    .insertInto('takeaways')
    .values(takeaways.map((takeaway) => takeawayRow(place, takeaway, before)))
    .returning(['id', 'ordinal'])
    .execute()
  const ids = new Map(rows.map((row) => [row.ordinal, row.id]))
  const matches = takeaways.flatMap((takeaway) => matchRows(place, ids.get(takeaway.ordinal)!, takeaway))
  if (matches.length) await tx.insertInto('matches').values(matches).execute()
}

/** The same claims of the item's earlier revisions, by their words: what `carried_from` points at. */
async function claimsBefore(tx: Tx, item: number, revision: number): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('takeaways')
    .select(['id', 'text'])
    .where('item_id', '=', item)
    .where('revision_id', '<', revision)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.text, row.id]))
}

function takeawayRow(place: Place, takeaway: Takeaway, before: Map<string, number>) {
  return {
    revision_id: place.revision,
    item_id: place.item,
    ordinal: takeaway.ordinal,
    kind: takeaway.kind,
    text: takeaway.text,
    attribution: takeaway.attribution,
    evidence: JSON.stringify(takeaway.evidence),
    carried_from: before.get(takeaway.text) ?? null,
  }
}

function matchRows(place: Place, takeaway: number, { topics }: Takeaway) {
  return topics.map((match) => ({
    takeaway_id: takeaway,
    item_id: place.item,
    feed_id: place.feed,
    topic: match.topic,
    version: match.version,
    score: match.score,
    words: JSON.stringify(match.words),
    via: match.via,
    origin: place.origin,
  }))
}

const numbering = 7_140_001

/**
 * Gives every unnumbered match the next position and returns the last one given. One transaction at a time numbers, and
 * only what is committed: a slow writer's matches come after, and no window (from, to] can pass over them.
 */
export async function numberMatches(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(${numbering})`.execute(tx)
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
