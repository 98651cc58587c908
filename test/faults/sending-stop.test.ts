import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { type Arena, clean, connections, long, longTest, openArena, pause, report } from './arena.ts'
import { leaseEnds, stopped } from './lease.ts'

const mails = long ? 1_000 : 200
let arena: Arena
let redis: RedisServer | undefined
const proxies: TcpProxy[] = []
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()))
  await arena.close()
  await redis?.close()
  redis = undefined
})

test('SIGTERM ends a worker in time while the mail server answers nothing, and says what is unknown', async () => {
  arena = await openArena(mails)
  arena.sink.script = (step) => (step === 'dot' ? new Promise<undefined>(() => {}) : undefined)
  const worker = arena.worker()
  await eventually(async () => arena.sink.offered.length === connections, 'a mail on all connections', 60_000)
  const seconds = await stopped(worker)
  const figures = await arena.join()
  report('SIGTERM, mail server silent after the dot', { ...figures, lost: 0, seconds })
  expect(figures).toMatchObject({ extra: 0, changed: 0, unknown: connections })
}, 120_000)

const servers = ['PostgreSQL', 'SMTP', 'Redis'] as const
type Name = (typeof servers)[number]

for (const holes of long ? [['PostgreSQL'], ['SMTP'], ['Redis'], servers] : [['PostgreSQL']]) {
  test.runIf(hasRedis || !holes.includes('Redis'))(
    `SIGTERM ends a worker in time with ${holes.join(', ')} black-holed, and the rest goes out later`,
    async () => {
      const behind = await openBehindProxies()
      arena.sink.script = async (step) => void (step === 'dot' && (await pause(20)))
      const worker = arena.worker(behind.settings)
      await arena.sent(mails / 4)
      for (const name of holes as Name[]) behind.proxies[name]?.blackhole()
      const seconds = await stopped(worker)
      for (const proxy of proxies) proxy.heal()
      await leaseEnds(arena.db)
      arena.worker()
      const figures = await arena.settled()
      report(`SIGTERM with ${holes.join(', ')} black-holed`, { ...figures, seconds })
      expect(figures).toMatchObject(clean)
      expect(figures.unknown).toBeLessThanOrEqual(connections)
    },
    300_000,
  )
}

longTest(
  'SIGTERM ends in time a worker that still waits for the database to let it begin',
  async () => {
    arena = await openArena(1)
    await arena.db.transaction().execute(async (tx) => {
      await sql`lock table topics`.execute(tx)
      const worker = arena.worker()
      await eventually(somebodyWaits, 'the worker to wait', 60_000)
      report('SIGTERM before the work begins', { seconds: await stopped(worker) })
    })
  },
  120_000,
)

async function somebodyWaits(): Promise<boolean> {
  const waiting = sql`select 1 from pg_locks where not granted and relation = 'topics'::regclass`
  return (await waiting.execute(arena.db)).rows.length > 0
}

/** Each server of the worker stands behind a proxy of its own. */
async function openBehindProxies() {
  arena = await openArena(mails)
  redis = hasRedis ? await startRedis() : undefined
  const urls = { PostgreSQL: arena.databaseUrl, SMTP: arena.sink.url, Redis: redis?.url }
  const behind: Partial<Record<Name, TcpProxy>> = {}
  for (const name of servers) {
    if (!urls[name]) continue
    behind[name] = await startProxy(Number(new URL(urls[name]).port))
    proxies.push(behind[name])
  }
  const settings = {
    DATABASE_URL: behind.PostgreSQL!.through(urls.PostgreSQL),
    SMTP_URL: behind.SMTP!.through(urls.SMTP),
    ...(redis && { REDIS_URL: behind.Redis!.through(redis.url) }),
  }
  return { proxies: behind, settings }
}
