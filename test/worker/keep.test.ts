import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { countDeliveries, countStates, outcomesOf } from '../../src/delivery/store/delivery-counts.ts'
import { missingMails } from '../../src/platform/kept-since.ts'
import { explainDate } from '../../src/readers/reader-record.ts'
import { findSubscriberByEmail } from '../../src/readers/store/subscribers.ts'
import { keep, planKeeping } from '../../src/worker/keep.ts'
import { runCommand } from '../support/command.ts'
import { createDigest } from '../support/deliveries.ts'
import { emptyTables } from '../support/postgres.ts'
import { noon, openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
const readers = 500
const days = (n: number) => noon.subtract({ hours: 24 * n }).toString()
const going = () => new AbortController().signal

/** Digests of 200, 150, 119 and 1 days ago; every third mail of the first one failed. */
beforeEach(async () => {
  app ??= await openTestApp()
  app.clock.at(noon)
  await emptyTables(app.db)
  for (const ago of [200, 150, 119, 1]) {
    const id = await createDigest(app, readers, { key: `d${ago}` })
    await sql`update deliveries set state = case when ${ago} = 200 and subscriber_id % 3 = 0 then 'failed' else 'accepted' end,
      due_at = null, dated_at = ${days(ago)}, at = ${days(ago)} where edition_id = ${id}`.execute(app.db)
    await sql`insert into windows (subscription_id, kind, civil_date, from_position, to_position, edition_id)
      select id, 'daily', ${days(ago)}::date, ${1000 - ago}, ${1000 - ago}, ${id} from subscriptions`.execute(app.db)
  }
})
afterAll(() => app.close())

/** How many rows are left of each digest, by the days since. */
async function left(): Promise<Record<string, [deliveries: number, windows: number]>> {
  const { rows } = await sql<{ key: string; d: number; w: number }>`
    select key, (select count(*) from deliveries where edition_id = e.id) as d, (select count(*) from windows where edition_id = e.id) as w
    from editions e`.execute(app.db)
  return Object.fromEntries(rows.map(({ key, d, w }) => [key, [d, w]]))
}

const editions = async () =>
  (await app.db.selectFrom('editions').select('id').orderBy('id').execute()).map(({ id }) => id)
const sums = async () => ({ all: await countDeliveries(app.db), each: await countStates(app.db, await editions()) })
const gone = { d200: [0, 0], d150: [0, 0], d119: [readers, readers], d1: [readers, readers] }

test('what has outlived its time goes, nothing else, and the sums stay', async () => {
  const before = await sums()
  const plan = await planKeeping(app)
  expect(plan).toEqual({ deliveries: 2 * readers, windows: 2 * readers, mailbox: 0 })
  expect(await left()).toMatchObject({ d200: [readers, readers] })
  expect(await keep(app, going())).toEqual({ ...plan, done: true })
  expect(await left()).toEqual(gone)
  expect(await sums()).toEqual(before)
  const [first] = await editions()
  const outcomes = await outcomesOf(app.db, first!, app.now())
  expect(outcomes.map(({ state, reason, count }) => ({ state, reason, count }))).toEqual([
    { state: 'accepted', reason: 'kept as a sum only', count: 334 },
    { state: 'failed', reason: 'kept as a sum only', count: 166 },
  ])
})

test('a reader keeps the last mail that arrived, bounced ones, and mails and windows that wait', async () => {
  await sql`delete from deliveries where subscriber_id = 1 and edition_id <> 1`.execute(app.db)
  await sql`delete from windows where subscription_id = 1 and edition_id <> 1`.execute(app.db)
  await sql`update deliveries set bounced_at = at where subscriber_id = 2 and edition_id = 1`.execute(app.db)
  await sql`insert into bounces (delivery_id, subscriber_id, kind, source, detail, at)
    select id, 3, 'soft', 'x', '', at from deliveries where subscriber_id = 3 and edition_id = 1`.execute(app.db)
  await sql`update deliveries set state = 'deferred', due_at = ${noon.add({ hours: 9 }).toString()} where subscriber_id = 4 and edition_id = 1`.execute(
    app.db,
  )
  await sql`update windows set edition_id = null, reason = null where subscription_id = 5 and civil_date < ${days(190)}::date`.execute(
    app.db,
  )
  await sql`update windows set edition_id = null, reason = 'the reader has paused all mail'
    where subscription_id = 6 and civil_date > ${days(160)}::date`.execute(app.db)
  await keep(app, going())
  const { rows } = await sql<{
    id: number
  }>`select subscriber_id as id from deliveries where edition_id = 1 order by 1`.execute(app.db)
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4])
  const windows = await sql<{ id: number }>`
    select subscription_id as id from windows where civil_date < ${days(120)}::date and kind = 'daily' order by 1, civil_date`.execute(
    app.db,
  )
  expect(windows.rows.map(({ id }) => id)).toEqual([1, 5, 6, 6])
})

test('a keeping that is interrupted goes on where it was, and then rests for a day', async () => {
  const before = await sums()
  const stopping = new AbortController()
  const stopped = keep(app, stopping.signal)
  await sql`select pg_sleep(0)`.execute(app.db)
  stopping.abort()
  const first = await stopped
  expect(first.done).toBe(false)
  expect(first.deliveries).toBeLessThan(2 * readers)
  expect(await sums()).toEqual(before)
  const rest = await keep(app, going())
  expect(first.deliveries + rest.deliveries).toBe(2 * readers)
  expect(await left()).toEqual(gone)
  app.clock.later({ hours: 19 })
  await sql`update deliveries set dated_at = ${days(200)} where edition_id = 3`.execute(app.db)
  expect(await keep(app, going())).toMatchObject({ deliveries: 0, done: true })
  app.clock.later({ hours: 2 })
  expect(await keep(app, going())).toMatchObject({ deliveries: readers, done: true })
})

test('a keeping waits while mail is due or a digest is composed', async () => {
  const id = await createDigest(app, 1, { key: 'now' })
  await sql`update deliveries set due_at = ${noon.toString()} where edition_id = ${id}`.execute(app.db)
  expect(await keep(app, going())).toEqual({ deliveries: 0, windows: 0, mailbox: 0, done: false })
  await sql`update deliveries set due_at = null, state = 'accepted' where edition_id = ${id}`.execute(app.db)
  await sql`insert into slots (cadence, local_time, zone, civil_date, due_at, to_position, state)
    values ('daily', '07:00', 'UTC', '2026-11-23', ${noon.toString()}, 0, 'open')`.execute(app.db)
  expect(await keep(app, going())).toMatchObject({ deliveries: 0, done: false })
})

test('a date and an item of before say that mails are no longer kept', async () => {
  await keep(app, going())
  const reader = (await findSubscriberByEmail(app.db, 'reader1@example1.org'))!
  const reasonsOf = async (date: string) => (await explainDate(app, reader, Temporal.PlainDate.from(date))).reasons
  const sentence = 'Who got which mail before 2026-07-26 is not kept: only the sums of each edition are.'
  expect(await reasonsOf('2026-07-20')).toEqual([sentence])
  expect(await reasonsOf('2026-11-22')).not.toContain(sentence)
  expect(missingMails(app, noon.subtract({ hours: 24 * 121 }))).toBe(sentence)
  expect(missingMails(app, noon.subtract({ hours: 24 * 119 }))).toBeNull()
})

test('the command says what would go, drops it, and leaves an audit event', async () => {
  const env = { ...settingsOf(app), KEEP_DELIVERIES: '60' }
  await sql`update deliveries set dated_at = now() - interval '100 days' where edition_id = 1`.execute(app.db)
  await sql`update deliveries set dated_at = now() where edition_id <> 1`.execute(app.db)
  const plan = await runCommand(['keep', '--dry-run'], env)
  expect(plan.stdout).toMatch(/^Would drop 500 deliveries and \d+ windows from before \d{4}-\d\d-\d\d\.\n/)
  expect(plan.stdout).toMatch(/^Nothing was dropped: this was a dry run\.$/m)
  const { code, stdout } = await runCommand(['keep', '--json'], env)
  expect({ code, deliveries: JSON.parse(stdout).deliveries }).toEqual({ code: 0, deliveries: 500 })
  const audit = await app.db.selectFrom('audit_events').select('action').execute()
  expect(audit.map(({ action }) => action)).toContain('drop outlived rows')
})
