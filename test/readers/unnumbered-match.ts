import type { Db } from '../../src/platform/db/db.ts'

/** Stores a takeaway on displacement whose match has no position yet. */
export async function unnumberedMatch(db: Db): Promise<void> {
  const at = Temporal.Instant.from('2026-11-23T11:00:00Z')
  const feed = await id(
    db.insertInto('feeds').values({ url: 'https://feed.example', next_poll_at: at, added_at: at }).returning('id'),
  )
  const item = await id(
    db
      .insertInto('items')
      .values({ feed_id: feed, key: 'a', title: 'A report', first_seen_at: at, backfill: false })
      .returning('id'),
  )
  const revision = await id(
    db
      .insertInto('revisions')
      .values({ item_id: item, n: 1, content_hash: 'a', title: 'A report', html: '', due_at: at, saved_at: at })
      .returning('id'),
  )
  const statement = { ordinal: 0, kind: 'stated', text: 'Many fled.', evidence: '[]' } as const
  const takeaway = await id(
    db
      .insertInto('takeaways')
      .values({ revision_id: revision, item_id: item, ...statement })
      .returning('id'),
  )
  const match = { topic: 'displacement', version: 1, score: 1, words: '[]', via: 'takeaway', origin: 'live' } as const
  await db
    .insertInto('matches')
    .values({ takeaway_id: takeaway, item_id: item, feed_id: feed, ...match })
    .execute()
}

async function id(insert: { executeTakeFirstOrThrow(): Promise<{ id: number }> }): Promise<number> {
  return (await insert.executeTakeFirstOrThrow()).id
}
