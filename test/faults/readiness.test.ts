import { afterEach, expect, test } from 'vitest'
import { pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts'
import { mayMount, mountSmallDisk, type SmallDisk } from './small-disk.ts'

const open: { app?: TestApp; postgres?: OwnPostgres; disk?: SmallDisk } = {}
afterEach(async () => {
  await open.app?.close()
  await open.postgres?.close()
  await open.disk?.close()
})

const readiness = async (app: TestApp) => {
  const answer = await pagesOf(app).get('/readyz')
  return [answer.status, ((await answer.json()) as { reason?: string }).reason]
}

async function openAppOn(postgres: OwnPostgres): Promise<TestApp> {
  open.postgres = postgres
  const { db } = await postgres.createDb()
  open.app = await openTestApp({ overrides: { db } })
  return open.app
}

test('a process whose database is read-only is not ready', async () => {
  const postgres = await startOwnPostgres()
  const app = await openAppOn(postgres)
  expect(await readiness(app)).toEqual([200, undefined])
  await postgres.setReadOnly(true)
  expect(await readiness(app)).toEqual([503, expect.stringContaining('the database is read-only')])
  await postgres.setReadOnly(false)
  expect(await readiness(app)).toEqual([200, undefined])
})

test.runIf(mayMount)('a process whose database has a full disk is not ready', async () => {
  const disk = await mountSmallDisk(200)
  open.disk = disk
  const app = await openAppOn(await startOwnPostgres(disk.path))
  expect(await readiness(app)).toEqual([200, undefined])
  await disk.fill()
  expect(await readiness(app)).toEqual([503, expect.stringContaining('the disk of the database is full')])
  await disk.free()
  expect(await readiness(app)).toEqual([200, undefined])
})
