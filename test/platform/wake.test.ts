import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { listenForWakeUps, wake } from '../../src/platform/db/wake.ts'
import { eventually } from '../support/eventually.ts'
import { createTestDb } from '../support/postgres.ts'

test('the listener says when it listens, also after its connection was lost, so that no wake-up is missed', async () => {
  const { db, url, close } = await createTestDb()
  onTestFinished(close)
  const woken: string[] = []
  let listening = 0
  const stop = listenForWakeUps(
    url,
    (job) => woken.push(job),
    () => {
      listening += 1
    },
  )
  onTestFinished(stop)
  await eventually(async () => listening === 1, 'the first listening')
  await wake(db, 'read')
  await eventually(async () => woken.length === 1, 'the wake-up')
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`.execute(db)
  await eventually(async () => listening === 2, 'the second listening')
  await wake(db, 'poll')
  await eventually(async () => woken.length === 2, 'the wake-up after it')
  expect(woken).toEqual(['read', 'poll'])
})
