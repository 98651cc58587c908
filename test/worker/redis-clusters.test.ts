import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkRedis } from '../../src/admin/doctor/check-redis.ts'
import { createLog } from '../../src/platform/log.ts'
import { connectToRedis } from '../../src/platform/redis/connect.ts'
import { probeRedis } from '../../src/platform/redis/probe.ts'
import { openQueueWorker, openScheduler } from '../../src/worker/queue.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { describeWithRedis, startRedis } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { startRedisSentinels } from '../support/redis-sentinel.ts'

/** What a test has opened, closed in reverse. */
const closes: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

async function opened<T extends { close(): Promise<unknown> }>(opening: Promise<T>): Promise<T> {
  const it = await opening
  closes.push(() => it.close())
  return it
}

/** A queue whose worker counts its runs. `ran` wakes the job, and waits for a run. */
function openQueue(redisUrl: string): { ran(): Promise<void> } {
  const home = { redisUrl, databaseUrl: '', onError: () => {} }
  let runs = 0
  const worker = openQueueWorker(home, async () => ++runs)
  const scheduler = openScheduler(home)
  closes.push(
    () => scheduler.close(),
    () => worker.close(true),
  )
  return {
    async ran() {
      const before = runs
      scheduler.wake({ name: 'deliver', parallel: 1 }).catch(() => {}) // a lost wake-up is waited for below
      await eventually(async () => runs > before, 'a run of the job', 30_000)
    },
  }
}

const sayings = async (url: string) => checkRedis(await probeRedis(url)).map(({ kind, say }) => `${kind}: ${say}`)

describeWithRedis('the queue in a Redis Cluster', () => {
  test('runs jobs, also after its slot has moved to another master', async () => {
    const cluster = await opened(startRedisCluster(0))
    const queue = openQueue(cluster.url)
    await queue.ran()
    const first = await cluster.queueMaster()
    expect(await sayings(cluster.url)).toEqual([
      `ok: The Redis Cluster has 3 masters and serves all slots. The queue is on 127.0.0.1:${first.port}.`,
      `warning: The master 127.0.0.1:${first.port} has no replica, so nothing takes over when it fails. Add one.`,
    ])
    await cluster.moveQueue()
    expect((await cluster.queueMaster()).port).not.toBe(first.port)
    await queue.ran()
    await expect(probeRedis(`redis://127.0.0.1:${first.port}`)).rejects.toThrow('needs redis+cluster://')

    await first.kill()
    await eventually(async () => (await sayings(cluster.url))[0]!.startsWith('failure'), 'a missing master', 30_000)
    expect(await sayings(cluster.url)).toEqual([
      expect.stringMatching(
        /^failure: The Redis Cluster serves only 109\d\d of 16384 slots\. Start the missing masters/,
      ),
      expect.stringMatching(`^warning: REDIS_URL names 127.0.0.1:${first.port}, which cannot be used: .*ECONNREFUSED`),
      expect.stringContaining('has no replica'),
    ])
  })
})

describeWithRedis('the queue behind Sentinel', () => {
  test('goes with the master to another server', async () => {
    const sentinels = await opened(startRedisSentinels(1))
    const queue = openQueue(sentinels.url)
    await queue.ran()
    const first = await sentinels.master()
    expect(await sayings(sentinels.url)).toEqual([
      `ok: The sentinels name 127.0.0.1:${first.port} as the master, and it answers, and its settings are right.`,
    ])
    await first.kill()
    await eventually(async () => (await sentinels.master()) !== first, 'another master', 60_000)
    await queue.ran()
    await sentinels.sentinels[0]!.kill()
    await sentinels.sentinels[1]!.kill()
    const said = await eventually(
      async () => {
        const lines = await sayings(sentinels.url)
        return lines.some((line) => line.includes('The sentinels cannot choose a new master: NOQUORUM')) && lines
      },
      'a sentinel to miss the others',
      30_000,
    )
    expect(said.filter((line) => line.includes('cannot be used'))).toHaveLength(2)
    expect(said).toContainEqual(expect.stringContaining('has no replica'))
    const unknown = sentinels.url.replace('/sitrep-queue', '/other')
    await expect(probeRedis(unknown)).rejects.toThrow('no sentinel knows a master with the name other')
  })
})

describeWithRedis('several hosts', () => {
  test('are tried until one is the master', async () => {
    const master = await opened(startRedis())
    const { port } = new URL(master.url)
    const replica = await opened(startRedis({ replicaof: `127.0.0.1 ${port}` }))
    const closed = await freePort()
    const url = `redis://127.0.0.1:${closed},127.0.0.1:${new URL(replica.url).port},127.0.0.1:${port}`
    await openQueue(url).ran()
    expect(await sayings(url)).toEqual([
      'ok: Redis answers.',
      expect.stringMatching(`^warning: REDIS_URL names 127.0.0.1:${closed}, which cannot be used: .*ECONNREFUSED`),
    ])
    await expect(probeRedis(replica.url)).rejects.toThrow('is a replica')
  })
})

describeWithRedis('Redis with TLS', () => {
  test('is reached with its own authority, and not without it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sitrep-redis-tls-'))
    closes.push(() => rm(dir, { recursive: true }))
    const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
      {
        stdio: 'ignore',
      },
    )
    const tlsPort = await freePort()
    const files = { 'tls-cert-file': cert, 'tls-key-file': key, 'tls-ca-cert-file': cert }
    await opened(startRedis({ 'tls-port': String(tlsPort), 'tls-auth-clients': 'yes', ...files }))
    const url = `rediss://127.0.0.1:${tlsPort}?cacert=${cert}&cert=${cert}&key=${key}`
    await openQueue(url).ran()
    expect(await sayings(url)).toEqual(['ok: Redis answers, and its settings are right.'])
    await expect(probeRedis(`rediss://127.0.0.1:${tlsPort}`)).rejects.toThrow(/self.signed/)
    await expect(probeRedis(`rediss://127.0.0.1:${tlsPort}?cacert=${cert}`)).rejects.toThrow()
  })
})

describeWithRedis('a login that Redis refuses', () => {
  test('is logged without the password', async () => {
    const redis = await opened(startRedis({ requirepass: 'right' }))
    const url = redis.url.replace('//', '//user:hunter2@')
    const error = await new Promise<Error>((resolve) => {
      const client = connectToRedis(url, (problem) => {
        client.disconnect()
        resolve(problem)
      })
    })
    expect(JSON.stringify({ ...error })).toContain('hunter2') // which is why the log leaves the command out
    const lines: string[] = []
    createLog('error', { write: (line) => void lines.push(line) }).error({ err: error }, 'queue failed')
    expect(lines.join()).toContain('WRONGPASS')
    expect(lines.join()).not.toContain('hunter2')
  })
})
