import { afterEach, describe, test, vi } from 'vitest'
import { openQueueWorker, openScheduler } from '../../src/worker/queue.ts'
import { eventually } from '../support/eventually.ts'
import { createTestDb } from '../support/postgres.ts'
import { describeWithRedis, startRedis } from '../support/redis.ts'

afterEach(() => void vi.useRealTimers())

async function expectNewSchedule(home: { databaseUrl: string; redisUrl?: string }): Promise<void> {
  const queue = { ...home, onError: () => {} }
  const job = { name: 'poll', every: 1 }
  const now = Temporal.Now.instant()
  vi.useFakeTimers({ toFake: ['Date'], now: now.add({ hours: 72 }).epochMilliseconds })
  const wrong = openScheduler(queue)
  await wrong.schedule(job, now.add({ hours: 72 }))
  await wrong.close()
  vi.useRealTimers()
  const right = openScheduler(queue)
  await right.schedule(job, now)
  let runs = 0
  const worker = openQueueWorker(queue, async () => void runs++)
  await eventually(async () => runs >= 2, 'two runs of the job', 30_000)
  await worker.close(true)
  await right.close()
}

describe('a schedule that a clock three days ahead wrote is made anew', () => {
  test('in PostgreSQL', async () => {
    const database = await createTestDb()
    await expectNewSchedule({ databaseUrl: database.url })
    await database.close()
  }, 60_000)
})

describeWithRedis('a schedule that a clock three days ahead wrote is made anew', () => {
  test('in Redis', async () => {
    const redis = await startRedis()
    await expectNewSchedule({ databaseUrl: '', redisUrl: redis.url })
    await redis.close()
  }, 60_000)
})
