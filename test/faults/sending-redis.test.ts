import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { createDeliveries } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { type Arena, clean, long, longTest, openArena, pause, report } from './arena.ts'
import { stopped } from './lease.ts'

const mails = long ? 1_000 : 300
let arena: Arena
let redis: RedisServer
let proxy: TcpProxy

async function openAll(): Promise<void> {
  redis = await startRedis()
  proxy = await startProxy(Number(new URL(redis.url).port))
  arena = await openArena(mails)
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(20)))
}
afterEach(async () => {
  await arena.close()
  await Promise.all([proxy.close(), redis.close()])
})

const startWorker = () => arena.worker({ REDIS_URL: proxy.through(redis.url) })

/** What can become of Redis; none of it is undone. */
const faults = {
  killed: () => redis.kill(),
  flushed: () => asClient((client) => client.flushall()),
  full: () => asClient(fillUp),
  'black-holed': async () => proxy.blackhole(),
}
type Fault = keyof typeof faults

describeWithRedis('with the queue in Redis', () => {
  for (const fault of (long ? Object.keys(faults) : ['killed']) as Fault[]) {
    test(`Redis is ${fault} in the middle of a send: nobody is lost, nothing is unknown`, async () => {
      await openAll()
      startWorker()
      await arena.sent(mails / 4)
      await faults[fault]()
      const figures = await arena.settled()
      report(`Redis ${fault} in the middle of a send`, figures)
      expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
    }, 400_000)
  }

  for (const fault of Object.keys(faults) as Fault[]) {
    longTest(
      `mail that falls due while Redis is ${fault} goes out within 60 s`,
      async () => {
        await openAll()
        startWorker()
        await arena.settled()
        await faults[fault]()
        const delay_s = await delayOfMore()
        const figures = await arena.settled()
        report(`Redis ${fault} before a send`, { ...figures, delay_s })
        expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: 2 * mails })
        expect(delay_s).toBeLessThanOrEqual(60)
      },
      400_000,
    )
    longTest(
      `SIGTERM in the middle of a send while Redis is ${fault} ends it in time, and the rest goes out later`,
      async () => {
        await openAll()
        const worker = startWorker()
        await arena.sent(mails / 4)
        await faults[fault]()
        const seconds = await stopped(worker)
        const { unknown } = await arena.join()
        arena.worker() // its queue is in the database
        const figures = await arena.settled()
        report(`SIGTERM while Redis is ${fault}`, { ...figures, seconds })
        expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
        expect(unknown).toBe(0)
      },
      400_000,
    )
  }

  longTest(
    'a worker that starts while Redis is absent sends within 60 s',
    async () => {
      await openAll()
      await redis.kill()
      const started = performance.now()
      startWorker()
      await arena.sent(1)
      const delay_s = secondsSince(started)
      const figures = await arena.settled()
      report('Redis absent at boot', { ...figures, delay_s })
      expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
      expect(delay_s).toBeLessThanOrEqual(60)
    },
    400_000,
  )
})

const secondsSince = (start: number) => Math.round((performance.now() - start) / 1000)

/** How long the first of more mails took to go out. */
async function delayOfMore(): Promise<number> {
  const before = arena.sink.taken.length
  const due = performance.now()
  await createDeliveries(arena.db, arena.edition, 1, mails)
  await eventually(async () => arena.sink.taken.length > before, 'the first of more mails', 180_000)
  return secondsSince(due)
}

async function asClient(act: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(redis.url)
  await act(client).finally(() => client.disconnect())
}

/** Until it takes nothing more. */
async function fillUp(client: Redis): Promise<void> {
  await client.config('SET', 'maxmemory', '1mb')
  for (let n = 0; ; n++) {
    const refusal = await client.set(`ballast:${n}`, 'x'.repeat(10_000)).catch((error: Error) => error.message)
    if (refusal !== 'OK') return
  }
}
