import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Place } from '../rules/edits/place-takeaways.ts'
import type { Takeaway } from '../rules/types.ts'

/** Where takeaways come from; with `alertAt` alerts wait until then, or `never` tell of them. */
type TakeawaySource = {
  revision: number
  item: number
  feed: number
  /** A code of ISO 639-1. */
  language: string | null
  current: boolean
  alertAt: Temporal.Instant | 'never' | null
}

/** A takeaway with its place among those of earlier revisions. */
export type PlacedTakeaway = Takeaway & { place: Place }

/** Stores the takeaways of a revision with their evidence, and their matches, which have no position yet. */
export async function saveTakeaways(tx: Tx, source: TakeawaySource, takeaways: PlacedTakeaway[]): Promise<void> {
  if (!takeaways.length) return
  const rows = await tx
    .insertInto('takeaways')
    .values(takeaways.map((takeaway) => takeawayRow(source, takeaway)))
    .returning(['id', 'ordinal'])
    .execute()
  const ids = new Map(rows.map((row) => [row.ordinal, row.id]))
  const matches = takeaways.flatMap((takeaway) => matchRows(source, ids.get(takeaway.ordinal)!, takeaway))
  if (matches.length) await tx.insertInto('matches').values(matches).execute()
}

function takeawayRow(source: TakeawaySource, { place, ...takeaway }: PlacedTakeaway) {
  return {
    revision_id: source.revision,
    item_id: source.item,
    ordinal: takeaway.ordinal,
    kind: takeaway.kind,
    text: takeaway.text,
    attribution: takeaway.attribution,
    evidence: JSON.stringify(takeaway.evidence),
    carried_from: place.carriedFrom,
    lineage: place.lineage,
    wording: place.wording,
    current: source.current,
    places: takeaway.places,
    language: source.language,
  }
}

function matchRows(source: TakeawaySource, takeaway: number, { topics, place }: PlacedTakeaway) {
  return topics.map((match) => ({
    takeaway_id: takeaway,
    item_id: source.item,
    feed_id: source.feed,
    topic: match.topic,
    version: match.version,
    score: match.score,
    words: JSON.stringify(match.words),
    via: match.via,
    origin: place.origin,
    alert_at: place.origin === 'live' ? alertMomentOf(source) : null,
  }))
}

const alertMomentOf = ({ alertAt }: TakeawaySource) =>
  alertAt === 'never' ? sql<Temporal.Instant>`'infinity'::timestamptz` : alertAt

/**
 * Gives a takeaway the topics of a story whose event it tells, under the current version of each topic's rule. No words found
 * them, and the score is that of a weak match.
 */
export async function matchByStory(tx: Tx, takeaway: number, topics: string[]): Promise<void> {
  await sql`
    insert into matches (takeaway_id, item_id, feed_id, topic, version, score, words, via, origin)
    select t.id, t.item_id, i.feed_id, rule.topic, max(rule.version), ${storyScore}::real, '[]', 'story', 'live'
    from takeaways t join items i on i.id = t.item_id join topic_rules rule on rule.topic = any(${topics})
      join topics on topics.slug = rule.topic and topics.retired_at is null
    where t.id = ${takeaway}
    group by t.id, i.id, rule.topic
    on conflict (takeaway_id, topic, version) do nothing`.execute(tx)
}

const storyScore = 0.5

/** The key of the advisory lock: one transaction at a time gives positions. */
const numberingLock = 7_140_001

/**
 * Gives every match and every change of a takeaway without a position the next one, and returns the last position. One
 * transaction at a time does so, and it sees committed rows only: those of a slow writer get later positions, and no
 * window (from, to] can miss them.
 */
export async function numberMatches(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(${numberingLock})`.execute(tx)
  const { rows } = await sql<{ value: number }>`
    with fresh_matches as (
      select id, row_number() over (order by id) as n from matches where position is null
    ), fresh_changes as (
      select id, (select count(*) from fresh_matches) + row_number() over (order by id) as n
      from takeaway_changes where position is null
    ), numbered_matches as (
      update matches set position = counter.value + fresh.n
      from fresh_matches fresh, position_counter counter
      where matches.id = fresh.id
      returning 1
    ), numbered_changes as (
      update takeaway_changes set position = counter.value + fresh.n
      from fresh_changes fresh, position_counter counter
      where takeaway_changes.id = fresh.id
      returning 1
    )
    update position_counter set value = value
      + (select count(*) from numbered_matches) + (select count(*) from numbered_changes) returning value`.execute(tx)
  return rows[0]!.value
}
