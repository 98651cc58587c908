import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { olena } from '../support/people.ts'
import { oweDelivery, writeEdition } from './edition.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({}, { needsWorker: true })
})
afterAll(() => site.close())

test('a process that answers is live', async () => {
  expect((await site.get('/livez')).status).toBe(200)
})

test('a process with a worker is ready from its first heartbeat', async () => {
  const before = await site.get('/readyz')
  expect([before.status, await before.json()]).toEqual([503, { ready: false, reason: 'no worker is alive' }])
  await registerWorker(site.app.db, 'test')
  expect((await site.get('/readyz')).status).toBe(200)
})

test('pages alone are ready without a worker, but not without their tables or database', async () => {
  const pages = await openSite()
  expect((await pages.get('/readyz')).status).toBe(200)
  await sql`delete from kysely_migration`.execute(pages.app.db)
  expect(await (await pages.get('/readyz')).json()).toMatchObject({
    ready: false,
    reason: expect.stringContaining('0001'),
  })
  await pages.close()
  expect((await pages.get('/readyz')).status).toBe(503)
  expect((await pages.get('/livez')).status).toBe(200)
})

test('the metrics count deliveries by state, lag, feeds and requests, and name nobody', async () => {
  await site.enter(olena, 'Said yes.')
  const edition = await writeEdition(site.app, { kind: 'daily', slug: 'measured', subject: 'Measured' })
  await oweDelivery(site.app, edition, olena.email, { state: 'due' })
  site.later({ seconds: 90 })
  await site.get('/c/some-secret-token')
  const text = await (await site.get('/metrics')).text()
  expect(text).toContain('sitrep_deliveries{state="due"} 1')
  expect(text).toContain('sitrep_deliveries{state="unknown"} 0')
  expect(text).toContain('sitrep_delivery_lag_seconds 90')
  expect(text).toContain('sitrep_feeds{state="failing"} 0')
  expect(text).toMatch(/sitrep_http_request_duration_seconds_count\{method="GET",route="\/c\/:token",status="404"\} 1/)
  expect(text).not.toMatch(/olena|some-secret-token/)
})
