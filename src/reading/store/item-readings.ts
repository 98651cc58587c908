import type { Db } from '../../platform/db/db.ts'
import type { Evidence, PassageKind, TopicWord } from '../rules/types.ts'

/** The last reading of an item: its text, its passages, and its takeaways with the topics that match them. */
type ItemReading = {
  id: number
  title: string
  url: string | null
  publishedAt: Temporal.Instant | null
  firstSeenAt: Temporal.Instant
  /** A tag such as `uk`; null where neither its words nor its feed tell. */
  language: string | null
  feed: { title: string; republish: boolean }
  revision: number
  text: string
  passages: { n: number; kind: PassageKind; level: number; start: number; end: number }[]
  takeaways: ReadTakeaway[]
}

type ReadTakeaway = {
  id: number
  kind: 'stated' | 'extracted'
  text: string
  attribution: string | null
  evidence: Evidence[]
  matches: { topic: string; version: number; score: number; words: TopicWord[] }[]
}

/** The reading of the newest revision that could be read; undefined when there is none. */
export async function findItemReading(db: Db, id: number): Promise<ItemReading | undefined> {
  const row = await db
    .selectFrom('items as i')
    .innerJoin('feeds as f', 'f.id', 'i.feed_id')
    .innerJoin('revisions as r', 'r.item_id', 'i.id')
    .select(['i.id', 'i.url', 'i.published_at', 'i.first_seen_at', 'r.title', 'r.id as revision_id', 'r.n', 'r.text'])
    .select(['f.title as feed_title', 'f.url as feed_url', 'f.republish'])
    .select((eb) =>
      eb.fn
        .coalesce(
          eb.selectFrom('takeaways as t').select('t.language').whereRef('t.revision_id', '=', 'r.id').limit(1),
          'f.language',
        )
        .as('language'),
    )
    .where('i.id', '=', id)
    .where('r.state', '=', 'read')
    .orderBy('r.n', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const [passages, takeaways] = await Promise.all([passagesOf(db, row.revision_id), takeawaysOf(db, row.revision_id)])
  return {
    id: row.id,
    title: row.title,
    url: row.url,
    publishedAt: row.published_at,
    firstSeenAt: row.first_seen_at,
    language: row.language,
    feed: { title: row.feed_title || row.feed_url, republish: row.republish },
    revision: row.n,
    text: row.text ?? '',
    passages,
    takeaways,
  }
}

async function passagesOf(db: Db, revision: number): Promise<ItemReading['passages']> {
  const rows = await db
    .selectFrom('passages')
    .select(['n', 'kind', 'level', 'start', 'end'])
    .where('revision_id', '=', revision)
    .orderBy('n')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as PassageKind }))
}

async function takeawaysOf(db: Db, revision: number): Promise<ReadTakeaway[]> {
  const rows = await db
    .selectFrom('takeaways')
    .select((eb) => ['id', 'kind', 'text', 'attribution', eb.ref('evidence').$castTo<Evidence[]>().as('evidence')])
    .where('revision_id', '=', revision)
    .orderBy('ordinal')
    .execute()
  const matches = await db
    .selectFrom('matches')
    .innerJoin('takeaways', 'takeaways.id', 'matches.takeaway_id')
    .select((eb) => ['takeaway_id', 'topic', 'version', 'score', eb.ref('words').$castTo<TopicWord[]>().as('words')])
    .where('revision_id', '=', revision)
    .orderBy('score', 'desc')
    .execute()
  const byTakeaway = Map.groupBy(matches, (match) => match.takeaway_id)
  return rows.map((row) => ({ ...row, matches: byTakeaway.get(row.id) ?? [] }))
}
