import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { jobs } from '../../jobs/index.ts'
import { recordAudit } from '../../src/platform/audit/audit.ts'
import { checkAudit } from '../../src/platform/audit/check-audit.ts'
import { readSetting } from '../../src/platform/db/settings.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  for (const n of [1, 2])
    await app.db
      .transaction()
      .execute((tx) => recordAudit(app, tx, { actor: 'cli', action: 'add feed', subject: `feed:${n}` }))
})
beforeEach(async () => {
  app.clock.at('2026-11-23T02:00:00Z')
  await sql`delete from settings where key = 'audit_checked'`.execute(app.db)
})
afterAll(() => app.close())

const checked = () => readSetting(app.db, 'audit_checked')

test('an intact audit log is stored with the time of the check', async () => {
  await checkAudit(app)
  expect(await checked()).toEqual({ at: '2026-11-23T02:00:00Z', brokenAt: null })
})

test('the log is checked again after 20 hours, and not before', async () => {
  await checkAudit(app)
  app.clock.later({ hours: 19 })
  await checkAudit(app)
  expect(await checked()).toMatchObject({ at: '2026-11-23T02:00:00Z' })
  app.clock.later({ hours: 1 })
  await checkAudit(app)
  expect(await checked()).toMatchObject({ at: '2026-11-23T22:00:00Z' })
})

test('a changed event is stored and logged as an error', async () => {
  const error = vi.spyOn(app.log, 'error')
  await sql`update audit_events set subject = 'feed:3' where id = 2`.execute(app.db)
  await checkAudit(app)
  expect(await checked()).toEqual({ at: '2026-11-23T02:00:00Z', brokenAt: 2 })
  expect(error.mock.calls).toEqual([[{ event: 2 }, 'found a broken audit log']])
})

test('the worker checks it every hour', () => {
  expect(jobs.find(({ name }) => name === 'check-audit')).toMatchObject({ every: 3600, run: checkAudit })
})
