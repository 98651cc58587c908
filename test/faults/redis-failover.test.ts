import { afterEach, expect, test } from 'vitest'
import { createDeliveries } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { describeWithRedis } from '../support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../support/redis-cluster.ts'
import type { RedisProcess } from '../support/redis-process.ts'
import { type RedisSentinels, startRedisSentinels } from '../support/redis-sentinel.ts'
import { type Arena, clean, long, longTest, openArena, pause, report } from './arena.ts'

const mails = long ? 1_000 : 200
const maxDelaySeconds = 60
let arena: Arena
let redis: RedisCluster | RedisSentinels
let master: () => Promise<RedisProcess>

async function openAll(kind: Kind): Promise<void> {
  redis = await kinds[kind]()
  arena = await openArena(mails)
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(20)))
}

const kinds = {
  async cluster() {
    const cluster = await startRedisCluster(1)
    master = cluster.queueMaster
    return cluster
  },
  async sentinel() {
    const sentinels = await startRedisSentinels(2)
    master = sentinels.master
    return sentinels
  },
}
type Kind = keyof typeof kinds

afterEach(async () => {
  await arena.close()
  await redis.close()
})

/** What can become of the master that has the queue. Another server takes over. */
const faults = {
  killed: async () => (await master()).kill(),
  frozen: async () => (await master()).freeze(),
  'killed and started again': async () => {
    const server = await master()
    await server.kill()
    await server.start()
  },
}
type Fault = keyof typeof faults

const startWorker = () => arena.worker({ REDIS_URL: redis.url })

describeWithRedis('the master that has the queue', () => {
  for (const kind of Object.keys(kinds) as Kind[]) {
    for (const fault of (long ? Object.keys(faults) : ['killed']) as Fault[]) {
      test(`is ${fault} in the middle of a digest (${kind}): nothing is lost, and nothing is sent twice`, async () => {
        await openAll(kind)
        startWorker()
        await arena.sent(mails / 4)
        await faults[fault]()
        const figures = await arena.settled()
        report(`${kind}: master ${fault} in the middle of a digest`, figures)
        expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
      }, 400_000)

      longTest(
        `is ${fault} before mail falls due (${kind}): it goes out within ${maxDelaySeconds} s`,
        async () => {
          await openAll(kind)
          startWorker()
          await arena.settled()
          const before = await master()
          await faults[fault]()
          const delay_s = await delayOf(1)
          const later_s = await delayAfterFailover(before)
          const figures = await arena.settled()
          report(`${kind}: master ${fault} before mail falls due`, { ...figures, delay_s, later_s })
          expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: 3 * mails })
          expect(delay_s).toBeLessThanOrEqual(maxDelaySeconds)
          expect(later_s).toBeLessThanOrEqual(maxDelaySeconds)
        },
        400_000,
      )
    }
  }

  test('gives its slot to another master while jobs run: nothing is lost, and nothing is sent twice', async () => {
    await openAll('cluster')
    startWorker()
    await arena.sent(mails / 4)
    const moves = long ? 5 : 1
    for (let n = 0; n < moves; n++) await (redis as RedisCluster).moveQueue()
    await arena.settled()
    const delay_s = await delayOf(1)
    const figures = await arena.settled()
    report('cluster: slot moved in the middle of a digest', { ...figures, moves, delay_s })
    expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: 2 * mails })
    expect(delay_s).toBeLessThanOrEqual(maxDelaySeconds)
  }, 400_000)
})

/** How many seconds the first mail of another sending takes to go out. */
async function delayOf(sending: number): Promise<number> {
  const before = arena.sink.taken.length
  const due = performance.now()
  await createDeliveries(arena.db, arena.edition, sending, mails)
  await eventually(async () => arena.sink.taken.length > before, 'the first of more mails', 180_000)
  return Math.round((performance.now() - due) / 100) / 10
}

/** The same, once another server has taken over: the queue wakes the workers again. */
async function delayAfterFailover(before: RedisProcess): Promise<number> {
  await arena.settled()
  await eventually(async () => (await master().catch(() => before)) !== before, 'another master', 60_000).catch(
    () => {},
  )
  return delayOf(2)
}
