import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimDeliveries } from '../../src/delivery/store/claims.ts'
import { domainLimits } from '../../src/delivery/store/send-limits.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { openDb } from '../../src/platform/db/db.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { migrate, schemaState } from '../../src/platform/db/migrate.ts'
import { findItemReading } from '../../src/reading/store/item-readings.ts'
import { topicStates } from '../../src/reading/store/topic-versions.ts'
import { freePort } from '../support/free-port.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'

const at = '2026-11-20T07:00:00Z'

/** Rows as the version before wrote them, one of each noun whose table was renamed in part. */
const rows = [
  `insert into feeds (url, title, next_poll_at, added_at, rhythm)
    values ('https://example.org/feed', 'Reports', '${at}', '${at}', '{"perDay": 3, "hot": [[0, 60]]}')`,
  `insert into items (feed_id, key, title, first_seen_at, backfill) values (1, 'k', 'A strike', '${at}', false)`,
  `insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    values (1, 1, 'h', 'A strike', '<p>One. Two.</p>', 'One. Two.', 'read', '${at}', '${at}')`,
  `insert into takeaways (revision_id, item_id, position, kind, text, evidence)
    values (1, 1, 2, 'extracted', 'Two.', '[]'), (1, 1, 1, 'stated', 'One.', '[]')`,
  `insert into items (feed_id, key, title, first_seen_at, backfill) values (1, 'edited', 'A flood', '${at}', false)`,
  `insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    select 2, n, n::text, 'A flood', '', '', 'read', '${at}', '${at}' from generate_series(1, 3) n`,
  `insert into takeaways (revision_id, item_id, position, kind, text, evidence, carried_from)
    values (2, 2, 1, 'stated', 'A.', '[]', null), (3, 2, 1, 'stated', 'A.', '[]', 3), (4, 2, 1, 'stated', 'A.', '[]', 4),
      (4, 2, 2, 'stated', 'B.', '[]', null)`,
  `insert into subscribers (email, state, nonce, created_at) values ('olena@example.org', 'active', 'n', '${at}')`,
  `insert into subscriptions (subscriber_id, topics, cadence, local_time, zone, state, created_at)
    values (1, '{displacement}', 'alert', '07:00', 'Europe/Kyiv', 'active', '${at}')`,
  `insert into editions (key, slug, kind, subject, html, text, takeaways, topics, closed_at)
    values ('k', 's', 'alert', 'A strike', '', '', '{1}', '{}', '${at}')`,
  `insert into sendings (edition_id, n, reason, actor, at) values (1, 0, 'new', 'sitrep', '${at}')`,
  `insert into deliveries (edition_id, subscriber_id, sending, lane, due_at, message_id, dated_at, at)
    values (1, 1, 0, 2, '${at}', '<1@example.org>', '${at}', '${at}')`,
  `insert into send_limits (key, wait_until, strikes) values ('domain:slow.example', '2026-11-20T08:00:00Z', 3)`,
]

/** Three claims of one report: on a topic and in no story, on a topic and in a story, and on no topic for long. */
const claimRows = [
  `insert into feeds (url, title, next_poll_at, added_at) values ('https://example.org/feed', 'Reports', '${at}', '${at}')`,
  `insert into items (feed_id, key, title, first_seen_at, backfill) values (1, 'k', 'A strike', '${at}', false)`,
  `insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    values (1, 1, 'h', 'A strike', '', '', 'read', '${at}', '${at}')`,
  `insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence)
    select 1, 1, n, 'stated', 'Claim ' || n, '[]' from generate_series(1, 3) n`,
  `insert into topics (slug, name, description, ordinal) values ('strikes', 'Strikes', '', 1)`,
  `insert into matches (takeaway_id, item_id, feed_id, topic, version, score, words, via, origin)
    select n, 1, 1, 'strikes', 1, 1, '[]', 'rule', 'live' from generate_series(1, 2) n`,
  'insert into threads default values',
  'insert into stories (thread_id) values (1)',
  `insert into story_claims (wording, story_id, at, unit, focus) values (2, 1, '${at}', '{}', 0)`,
]

test('rules from before topics of a team came with the program, and no topic is retired', async () => {
  const old = await createTestDb({ empty: true })
  try {
    await migrate(old.db, '0023-places')
    await sql`insert into topics (slug, name, description, ordinal) values ('strikes', 'Strikes', '', 1)`.execute(
      old.db,
    )
    await sql`insert into topic_rules (topic, version, rule, threshold, published_at)
      values ('strikes', 7, '{}', 0.5, ${at}), ('strikes', 8, '{}', 0.5, ${at})`.execute(old.db)
    await migrate(old.db)
    const states = await topicStates(old.db)
    expect(states).toMatchObject([
      { slug: 'strikes', version: 8, builtin_version: 8, retired_at: null, moved_to: null },
    ])
  } finally {
    await old.close()
  }
})

test('readers of before were brought by no import', async () => {
  const old = await createTestDb({ empty: true })
  try {
    await migrate(old.db, '0032-preferences-nonce')
    await sql`insert into subscribers (email, state, nonce, created_at) values ('olena@example.org', 'active', 'n', ${at})`.execute(
      old.db,
    )
    expect(await migrate(old.db)).toContain('0033-imports')
    const readers = await old.db.selectFrom('subscribers').select(['email', 'import_id']).execute()
    expect(readers).toEqual([{ email: 'olena@example.org', import_id: null }])
  } finally {
    await old.close()
  }
})

test('suppressions of before have a reason of the list and their words, and no record of refusals has an address', async () => {
  const old = await createTestDb({ empty: true })
  try {
    await migrate(old.db, '0006-bounce-hooks')
    for (const row of rows) await sql.raw(row).execute(old.db)
    const words = '550 5.1.1 <olena@example.org>: no such user'
    await sql`insert into suppressions (hash, reason, at) values ('a', ${words}, ${at}), ('b', 'complained', ${at}),
      ('c', 'mailbox full: 452 4.2.2 full', ${at}), ('d', 'bounced: 5.2.2 full', ${at})`.execute(old.db)
    await sql`insert into bounces (delivery_id, kind, source, detail, at)
      values (1, 'dead', 'smtp', ${words}, ${at})`.execute(old.db)
    await migrate(old.db)
    const kept = await old.db.selectFrom('suppressions').select(['hash', 'reason', 'words']).orderBy('hash').execute()
    expect(kept.map(({ reason }) => reason)).toEqual(['dead address', 'complaint', 'full mailbox', 'full mailbox'])
    expect(kept[0]!.words).toBe('550 5.1.1 <[address]>: no such user')
    expect(await old.db.selectFrom('bounces').select(['detail', 'domain', 'subscriber_id']).execute()).toEqual([
      { detail: '550 5.1.1 <[address]>: no such user', domain: 'example.org', subscriber_id: 1 },
    ])
  } finally {
    await old.close()
  }
})

test('claims that were in no story before are open, and no others', async () => {
  const old = await createTestDb({ empty: true })
  try {
    await migrate(old.db, '0018-claims-by-story')
    for (const row of claimRows) await sql.raw(row).execute(old.db)
    await migrate(old.db)
    expect(await old.db.selectFrom('open_claims').selectAll().execute()).toEqual([{ wording: 1 }])
  } finally {
    await old.close()
  }
})

describe('a database of the version before', () => {
  let old: TestDb
  beforeAll(async () => {
    old = await createTestDb({ empty: true })
    await migrate(old.db, '0006-bounce-hooks')
    for (const row of rows) await sql.raw(row).execute(old.db)
    await migrate(old.db)
  })
  afterAll(() => old.close())

  test('is brought up to date', async () => {
    expect(await schemaState(old.db)).toEqual({ pending: [], unknown: [], isEmpty: false })
  })

  test('keeps the order of takeaways', async () => {
    const reading = await findItemReading(old.db, 1)
    expect(reading?.takeaways.map(({ text }) => text)).toEqual(['One.', 'Two.'])
  })

  test('knows which takeaways continue others, and which are of the newest revision', async () => {
    const takeaways = old.db.selectFrom('takeaways').select(['id', 'lineage', 'wording', 'current'])
    expect(await takeaways.where('item_id', '=', 2).orderBy('id').execute()).toEqual([
      { id: 3, lineage: 3, wording: 3, current: false },
      { id: 4, lineage: 3, wording: 3, current: false },
      { id: 5, lineage: 3, wording: 3, current: true },
      { id: 6, lineage: 6, wording: 6, current: true },
    ])
  })

  test('keeps the publishing patterns of feeds and the back-offs of mail domains', async () => {
    const [feed] = await listFeeds(old.db)
    expect(feed?.publishing_pattern).toEqual({ perDay: 3, hot: [[0, 60]] })
    const now = Temporal.Instant.from('2026-11-20T07:30:00Z')
    const [limit] = await domainLimits(old.db, ['slow.example'], now)
    expect(limit?.waitUntil?.toString()).toBe('2026-11-20T08:00:00Z')
  })

  test('keeps the priority of a delivery that is due', async () => {
    const worker = await registerWorker(old.db, 'a test')
    const [claim] = await claimDeliveries(old.db, worker, Temporal.Instant.from(at), 10)
    expect(claim).toMatchObject({ email: 'olena@example.org', priority: 2, message_id: '<1@example.org>' })
  })

  test('gives readers at most twelve alerts a day, and no quiet hours; every feed raises alerts, and no mail is in a thread', async () => {
    const reader = old.db.selectFrom('subscriptions').select(['quiet_from', 'quiet_to', 'max_alerts'])
    expect(await reader.execute()).toEqual([{ quiet_from: null, quiet_to: null, max_alerts: 12 }])
    const feeds = await old.db.selectFrom('feeds').select('digest_only').distinct().execute()
    expect(feeds).toEqual([{ digest_only: false }])
    const mails = await old.db.selectFrom('deliveries').select('in_reply_to').execute()
    expect(mails).toEqual([{ in_reply_to: [] }])
  })

  test('gives each reader a feed of its own address', async () => {
    const nonces = await old.db.selectFrom('subscribers').select('feed_nonce').execute()
    expect(nonces.map(({ feed_nonce }) => /^[0-9a-f]{32}$/.test(feed_nonce))).toEqual(nonces.map(() => true))
    expect(new Set(nonces.map(({ feed_nonce }) => feed_nonce)).size).toBe(nonces.length)
  })

  test('announces new rows on the channel that workers listen to', async () => {
    const client = new pg.Client(old.url)
    await client.connect()
    const heard = new Promise((resolve) => client.on('notification', ({ payload }) => resolve(payload)))
    await client.query('listen sitrep_wake')
    await sql`insert into feeds (url, next_poll_at, added_at) values ('https://example.org/b', ${at}, ${at})`.execute(
      old.db,
    )
    expect(await heard).toBe('poll')
    await client.end()
  })
})

describe('a database that cannot be used is explained in a sentence', () => {
  const problemOf = async (change: (url: URL) => void): Promise<string> => {
    const { url, close } = await createTestDb({ empty: true })
    const target = new URL(url)
    change(target)
    const { db, pool } = openDb(target.href)
    const problem = await migrate(db).then(
      () => 'none',
      (error: Error) => error.message,
    )
    await pool.end()
    await close()
    return problem
  }

  test('when it refuses the password', async () => {
    expect(await problemOf((url) => (url.password = 'guess'))).toMatch(
      /^The database refuses this user or password \(password authentication failed .*\)\. Check DATABASE_URL\.$/,
    )
  })

  test('when the server has no such database', async () => {
    expect(await problemOf((url) => (url.pathname = '/nowhere'))).toMatch(
      /^The database server has no such database \(.*nowhere.*\)\. Check DATABASE_URL\.$/,
    )
  })

  test('when no server listens', async () => {
    const port = await freePort()
    expect(await problemOf((url) => (url.port = String(port)))).toMatch(
      /^The database does not answer \(.*ECONNREFUSED.*\)\. Check DATABASE_URL\.$/,
    )
  })
})
