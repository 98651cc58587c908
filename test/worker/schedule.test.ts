import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openQueueWorker, openScheduler, type QueueHome } from '../../src/worker/queue.ts'
import { prepareQueue } from '../../src/worker/queue-tables.ts'
import { eventually } from '../support/eventually.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'

afterEach(() => vi.restoreAllMocks())

/** A schedule that a process with a clock three days ahead wrote is run soon by the next process. */
async function runsSoon(home: QueueHome): Promise<void> {
  const wrong = vi
    .spyOn(Date, 'now')
    .mockImplementation(() => Temporal.Now.instant().epochMilliseconds + 3 * 86_400_000)
  const ahead = openScheduler(home)
  await ahead.schedule({ name: 'poll', every: 1 }, now().add({ hours: 72 }))
  const before = openQueueWorker(home, async () => {})
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  await before.close()
  await ahead.close()
  wrong.mockRestore()
  const runs: string[] = []
  const worker = openQueueWorker(home, async (name) => runs.push(name))
  const scheduler = openScheduler(home)
  try {
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(runs.length).toBeLessThan(3)
    await scheduler.schedule({ name: 'poll', every: 1 }, now())
    await eventually(async () => runs.length > 4, 'the runs of the schedule')
  } finally {
    await worker.close()
    await scheduler.close()
  }
}

const onError = () => {}
const now = () => Temporal.Now.instant()
let own: TestDb
beforeEach(async () => {
  own = await createTestDb()
  await prepareQueue({ databaseUrl: own.url })
})
afterEach(() => own.close())

test('a schedule that lies days ahead is made anew in PostgreSQL', () => runsSoon({ databaseUrl: own.url, onError }))

describeWithRedis('a schedule that lies days ahead', () => {
  let redis: RedisServer
  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(() => redis.close())
  test('is made anew in Redis', () => runsSoon({ redisUrl: redis.url, databaseUrl: own.url, onError }))
})
