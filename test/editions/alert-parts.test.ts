import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { john } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** So many readers more with the choice of John: a first part of 500, and a second one. */
const others = 700

async function joinOthers(): Promise<void> {
  await sql`
    with added as (
      insert into subscribers (email, state, nonce, created_at, confirmed_at)
      select 'reader' || n || '@example.org', 'active', md5(n::text), created_at, confirmed_at
      from subscribers cross join generate_series(1, ${others}::int) n where email = ${john.email} returning id)
    insert into subscriptions (subscriber_id, topics, cadence, local_time, zone, state, from_position, confirmed_at, created_at)
    select added.id, topics, cadence, local_time, zone, s.state, from_position, s.confirmed_at, s.created_at
    from subscriptions s join subscribers p on p.id = s.subscriber_id and p.email = ${john.email} cross join added`.execute(
    app.db,
  )
}

/** Ends the run at its second part, as a kill between two commits does. */
async function killAtSecondPart(): Promise<void> {
  await sql`create function kill() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
    app.db,
  )
  await sql`create trigger kill before delete on alert_parts for each row when (old.n = 2) execute function kill()`.execute(
    app.db,
  )
  await expect(raiseAlerts(app)).rejects.toThrow('killed')
  await sql`drop function kill cascade`.execute(app.db)
}

async function countMails() {
  const { rows } = await sql<{ mails: number; readers: number }>`
    select count(*) as mails, count(distinct subscriber_id) as readers
    from deliveries d join editions e on e.id = d.edition_id where e.kind = 'alert'`.execute(app.db)
  return rows[0]
}

test('a run that is killed between two parts goes on: each reader is told once', async () => {
  await join(app, john)
  await joinOthers()
  await report(app, 'one', [strike])
  await killAtSecondPart()
  expect(await countMails()).toEqual({ mails: 500, readers: 500 })
  expect(await raiseAlerts(app)).toBe(others + 1 - 500)
  expect(await raiseAlerts(app)).toBe(0)
  expect(await countMails()).toEqual({ mails: others + 1, readers: others + 1 })
  expect(await app.db.selectFrom('editions').select('id').where('kind', '=', 'alert').execute()).toHaveLength(1)
  expect(await app.db.selectFrom('alert_runs').selectAll().execute()).toEqual([])
})

test('a choice that changes between two parts loses no reader and tells none twice', async () => {
  await join(app, john)
  await joinOthers()
  await report(app, 'one', [strike])
  await killAtSecondPart()
  await sql`update subscriptions set zone = 'Europe/Kyiv', min_score = 0.5`.execute(app.db)
  await raiseAlerts(app)
  expect(await countMails()).toEqual({ mails: others + 1, readers: others + 1 })
})

test('what comes while a run is interrupted is told after it', async () => {
  await join(app, john)
  await joinOthers()
  await report(app, 'one', [strike])
  await killAtSecondPart()
  await report(app, 'two', [guarantee])
  await raiseAlerts(app)
  await raiseAlerts(app)
  expect(await countMails()).toEqual({ mails: 2 * (others + 1), readers: others + 1 })
})

test('a feed that only digests tell of ends its run', async () => {
  await join(app, john)
  await joinOthers()
  await report(app, 'one', [strike])
  await killAtSecondPart()
  await app.db.updateTable('feeds').set({ digest_only: true }).execute()
  expect(await raiseAlerts(app)).toBe(0)
  expect(await countMails()).toEqual({ mails: 500, readers: 500 })
})

test('readers who began at different positions and are told the same share an alert', async () => {
  await join(app, john)
  await joinOthers()
  await report(app, 'one', [strike])
  await raiseAlerts(app)
  await sql`update position_counter set value = value + 10000`.execute(app.db)
  await sql`update subscriptions set from_position = 100 + id`.execute(app.db)
  await report(app, 'two', [guarantee])
  expect(await raiseAlerts(app)).toBe(others + 1)
  expect(await app.db.selectFrom('editions').select('id').where('kind', '=', 'alert').execute()).toHaveLength(2)
})
