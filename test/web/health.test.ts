import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { leaveWork } from '../../src/worker/recover.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app, { needsWorker: true })
})
afterAll(() => app.close())

test('a process that answers is live', async () => {
  expect((await pages.get('/livez')).status).toBe(200)
})

test('a process with a worker is ready from its first heartbeat', async () => {
  await leaveWork(app)
  const before = await pages.get('/readyz')
  expect([before.status, await before.json()]).toEqual([503, { ready: false, reason: 'no worker is alive' }])
  await registerWorker(app.db, 'test')
  expect((await pages.get('/readyz')).status).toBe(200)
})

test('pages alone are ready without a worker, but not without their tables or database', async () => {
  const other = await openTestApp()
  await leaveWork(other)
  const { get } = pagesOf(other)
  expect((await get('/readyz')).status).toBe(200)
  await sql`delete from kysely_migration`.execute(other.db)
  expect(await (await get('/readyz')).json()).toMatchObject({ ready: false, reason: expect.stringContaining('0001') })
  await other.close()
  expect((await get('/readyz')).status).toBe(503)
  expect((await get('/livez')).status).toBe(200)
})

test('a database that takes no writes is not ready, and says so', async () => {
  const other = await openTestApp()
  const { get } = pagesOf(other)
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no space left''; end'`.execute(
    other.db,
  )
  await sql`create trigger refuse before insert or update on settings execute function refuse()`.execute(other.db)
  const answer = await get('/readyz')
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { ready: false, reason: 'the database takes no writes: no space left' },
  ])
  await other.close()
})

test('a database of a newer version is not ready', async () => {
  const other = await openTestApp()
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(other.db)
  const { get } = pagesOf(other)
  expect(await (await get('/readyz')).json()).toMatchObject({
    ready: false,
    reason: expect.stringContaining('A newer Sitrep migrated the database (9999-later).'),
  })
  await other.close()
})

test('the metrics count deliveries by state, lag, feeds and requests, and name nobody', async () => {
  await join(app, olena)
  const edition = await createEdition(app, { kind: 'daily', slug: 'measured', subject: 'Measured' })
  await createDelivery(app, edition, olena.email, { state: 'due' })
  app.clock.later({ seconds: 90 })
  await pages.get('/c/some-secret-token')
  const text = await (await pages.get('/metrics')).text()
  expect(text).toContain('sitrep_deliveries{state="due"} 1')
  expect(text).toContain('sitrep_deliveries{state="unknown"} 0')
  expect(text).toContain('sitrep_delivery_lag_seconds 90')
  expect(text).toContain('sitrep_feeds{state="failing"} 0')
  expect(text).toMatch(/sitrep_http_request_duration_seconds_count\{method="GET",route="\/c\/:token",status="404"\} 1/)
  expect(text).not.toMatch(/olena|some-secret-token/)
})

test('the metrics are closed to the public, and open to a program that sends the token', async () => {
  expect((await pages.get('/metrics', { from: '203.0.113.9' })).status).toBe(404)
  expect((await pages.get('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404)
  app.config.production = true
  expect((await pages.get('/metrics')).status).toBe(404)
  app.config.metricsToken = 'a-token-of-the-monitoring'
  const status = async (authorization: string) =>
    (await pages.get('/metrics', { headers: { authorization }, from: '203.0.113.9' })).status
  expect(await status('Bearer a-token-of-the-monitoring')).toBe(200)
  expect(await status('Bearer a-token-of-somebody')).toBe(404)
  expect((await pages.get('/metrics')).status).toBe(404)
  Object.assign(app.config, { production: false, metricsToken: undefined })
})

test('requests for the metrics do not each count the ledger', async () => {
  const { get } = pagesOf(app)
  const counted = async () => /sitrep_deliveries\{state="due"\} \d+/.exec(await (await get('/metrics')).text())?.[0]
  const first = await counted()
  const edition = await createEdition(app, { kind: 'daily', slug: 'later', subject: 'Later' })
  await createDelivery(app, edition, olena.email, { state: 'due' })
  expect(await counted()).toBe(first)
})
