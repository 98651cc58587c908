import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countEditions } from '../../src/delivery/count-editions.ts'
import {
  acceptedByKind,
  countDeliveries,
  countFailures,
  countStates,
  countUnknown,
  outcomesOf,
  unknownByEdition,
} from '../../src/delivery/store/delivery-counts.ts'
import type { Db } from '../../src/platform/db/db.ts'
import { createDigest } from '../support/deliveries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

const keys = ['one', 'two', 'three', 'four']
const results = ['accepted', 'failed', 'skipped', 'unknown']
const allStates = ['due', 'claimed', 'submitted', 'deferred', ...results]

/** Numbers from 0 up to `below`, the same in each run of one seed. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** One random act on the ledger, of which every third is rolled back. */
async function act(roll: (below: number) => number): Promise<void> {
  const edition = (await ids())[roll(keys.length)]!
  const doomed = roll(3) === 0
  const change = app.db.transaction().execute(async (tx) => {
    const kind = roll(6)
    const some = sql`edition_id = ${edition} and id % ${2 + roll(4)} = 0`
    const first = roll(4)
    if (kind === 0) await sql`update deliveries set bounced_at = now() where state = 'accepted' and ${some}`.execute(tx)
    else if (kind === 1) await addSending(tx, edition)
    else if (kind === 2) {
      const state = allStates[roll(allStates.length)]!
      await sql`update deliveries set state = ${state}, due_at = null, at = now() where ${some}`.execute(tx)
    } else
      await sql`update deliveries set state = (${results}::text[])[1 + (id + ${first}::int) % 4], reply = '550 5.1.' || id % 3, due_at = null, at = now()
        where edition_id = ${edition} and state not in ('accepted', 'skipped')`.execute(tx)
    if (doomed) throw new Error('rolled back')
  })
  await (doomed ? expect(change).rejects.toThrow('rolled back') : change)
}

async function addSending(tx: TestApp['db'], edition: number): Promise<void> {
  await sql`insert into sendings (edition_id, n, reason, actor, at)
    select edition_id, max(n) + 1, 'again', 'cli', now() from sendings where edition_id = ${edition} group by 1`.execute(
    tx,
  )
  await sql`insert into deliveries (edition_id, subscriber_id, sending, dated_at, at, due_at, message_id)
    select edition_id, subscriber_id, (select max(n) from sendings s where s.edition_id = d.edition_id), now(), now(), now(), gen_random_uuid()
    from deliveries d where edition_id = ${edition} and sending = 0`.execute(tx)
}

async function ids(): Promise<number[]> {
  const rows = await app.db.selectFrom('editions').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** Everything that is counted, as pages ask for it. */
async function countsOf(db: Db) {
  const editions = await ids()
  const outcomes = editions.map(async (id) =>
    (await outcomesOf(db, id, app.now())).map((one) => JSON.stringify(one)).sort(),
  )
  return {
    all: await countDeliveries(db),
    states: Object.fromEntries(await countStates(db, editions)),
    failed: await countFailures(db, app.now().subtract({ hours: 24 })),
    unknown: await countUnknown(db),
    unknowns: await unknownByEdition(db),
    accepted: await acceptedByKind(db),
    outcomes: await Promise.all(outcomes),
  }
}

/** The same while every edition is open, so that nothing that is kept counts. */
async function countsOfOpen() {
  const counts = Promise.withResolvers<Awaited<ReturnType<typeof countsOf>>>()
  await app.db
    .transaction()
    .execute(async (tx) => {
      await sql`insert into open_editions select id from editions on conflict do nothing`.execute(tx)
      counts.resolve(await countsOf(tx))
      throw new Error('only to look')
    })
    .catch(() => undefined)
  return counts.promise
}

async function fullCount() {
  const { rows } = await sql<{ edition: number; state: string; n: number }>`
    select edition_id as edition, state, count(*) as n from deliveries group by 1, 2`.execute(app.db)
  const sumBy = (key: (row: (typeof rows)[number]) => string | number) =>
    Object.fromEntries([...Map.groupBy(rows, key)].map(([name, own]) => [name, own.reduce((sum, { n }) => sum + n, 0)]))
  const all = sumBy(({ state }) => state)
  const states = Object.fromEntries(
    (await ids()).map((id) => [
      id,
      Object.fromEntries(rows.filter(({ edition }) => edition === id).map(({ state, n }) => [state, n])),
    ]),
  )
  return { all, states, unknown: all.unknown ?? 0 }
}

test.for([1, 2, 3])('after random acts the kept counts are those of the ledger, seed %i', async (seed) => {
  for (const key of keys) await createDigest(app, 12, { key })
  const roll = dice(seed)
  let closed = 0
  for (let n = 0; n < 60; n++) {
    await act(roll)
    if (roll(3) === 0) closed += await countEditions(app)
    const seen = await countsOf(app.db)
    expect(seen).toMatchObject(await fullCount())
    expect(seen).toEqual(await countsOfOpen())
  }
  expect(closed).toBeGreaterThan(5)
})

test('an edition on which a transaction acts is left for later, and then counted as it is', async () => {
  const edition = await createDigest(app, 3)
  await sql`update deliveries set state = 'accepted', due_at = null`.execute(app.db)
  await app.db.transaction().execute(async (tx) => {
    await addSending(tx, edition)
    expect(await countEditions(app)).toBe(0)
  })
  await sql`update deliveries set state = 'accepted', due_at = null`.execute(app.db)
  expect(await countEditions(app)).toBe(1)
  await app.db.transaction().execute(async (tx) => {
    await sql`update deliveries set bounced_at = now() where id = 1`.execute(tx)
    expect(await countEditions(app)).toBe(0)
  })
  expect(await countEditions(app)).toBe(1)
  expect(await countDeliveries(app.db)).toEqual({ accepted: 6 })
  expect(await outcomesOf(app.db, edition, app.now())).toMatchObject([
    { sending: 0, after: null, count: 2 },
    { sending: 0, after: 'bounced', count: 1 },
    { sending: 1, after: null, count: 3 },
  ])
})

test('mails on their way open no edition again, and write to no count', async () => {
  await createDigest(app, 3)
  await app.db.transaction().execute(async (tx) => {
    await sql`delete from open_editions`.execute(tx)
    for (const state of ['claimed', 'submitted', 'accepted'])
      await sql`update deliveries set state = ${state}, reply = '250 ok'`.execute(tx)
    expect((await tx.selectFrom('open_editions').selectAll().execute()).length).toBe(0)
  })
})
