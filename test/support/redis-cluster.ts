import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { redisKeyPrefix } from '../../src/platform/redis/connect.ts'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import { type RedisProcess, redisProcess } from './redis-process.ts'

const slots = 16_384
/** A master that is silent for so long is replaced by its replica. */
const nodeTimeoutMs = 2_000

export type RedisCluster = {
  url: string
  /** The master that has the queue now. */
  queueMaster(): Promise<RedisProcess>
  /** Moves the slot of the queue to another master, key by key. */
  moveQueue(): Promise<void>
  close(): Promise<void>
}

/** A cluster of three masters on loopback, each with so many replicas. */
export async function startRedisCluster(replicas: 0 | 1): Promise<RedisCluster> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-redis-cluster-'))
  const nodes: RedisProcess[] = []
  for (let n = 0; n < 3 * (1 + replicas); n++) nodes.push(await clusterNode(dir))
  await Promise.all(nodes.map((node) => node.start()))
  await form(nodes)
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    queueMaster: () => masterOfQueue(nodes),
    moveQueue: () => moveQueue(nodes),
    async close() {
      await Promise.all(nodes.map((node) => node.stop()))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The node that has the slot of the queue, says a node that answers. */
async function masterOfQueue(nodes: RedisProcess[]): Promise<RedisProcess> {
  const ports = await Promise.any(nodes.map(({ port }) => on(port, ownersOf)))
  return nodes.find(({ port }) => port === ports.queue)!
}

/** The ports of the master of the queue and of all masters. */
async function ownersOf(redis: Redis): Promise<{ queue: number; all: number[] }> {
  const slot = await queueSlot(redis)
  const ranges = (await redis.call('CLUSTER', 'SLOTS')) as [number, number, [string, number]][]
  const queue = ranges.find(([from, to]) => from <= slot && slot <= to)![2][1]
  return { queue, all: [...new Set(ranges.map(([, , node]) => node[1]))] }
}

const queueSlot = async (redis: Redis) => Number(await redis.call('CLUSTER', 'KEYSLOT', redisKeyPrefix))

/** As `redis-cli --cluster reshard` does it: both nodes know of the move, the keys go one by one, then all masters are told. */
async function moveQueue(nodes: RedisProcess[]): Promise<void> {
  const source = await masterOfQueue(nodes)
  const { all } = await on(source.port, ownersOf)
  const target = nodes.find(({ port }) => port !== source.port && all.includes(port))!
  const slot = await on(source.port, queueSlot)
  const [sourceId, targetId] = [await idOf(source), await idOf(target)]
  await on(target.port, (redis) => redis.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId))
  await on(source.port, (redis) => redis.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId))
  await on(source.port, async (redis) => {
    for (;;) {
      const keys = (await redis.call('CLUSTER', 'GETKEYSINSLOT', slot, 1)) as string[]
      if (!keys.length) return
      await redis.call('MIGRATE', '127.0.0.1', target.port, '', 0, 5_000, 'KEYS', ...keys)
    }
  })
  for (const port of [target.port, source.port, ...all.filter((one) => one !== target.port && one !== source.port)])
    await on(port, (redis) => redis.call('CLUSTER', 'SETSLOT', slot, 'NODE', targetId))
}

async function clusterNode(dir: string): Promise<RedisProcess> {
  const port = await freePort()
  return redisProcess(dir, port, {
    'cluster-enabled': 'yes',
    'cluster-port': await freePort(), // else port + 10000, which may be taken
    'cluster-config-file': `nodes-${port}.conf`,
    'cluster-node-timeout': nodeTimeoutMs,
    'cluster-require-full-coverage': 'no',
    appenddirname: `aof-${port}`,
    dbfilename: `${port}.rdb`,
    'repl-diskless-sync-delay': 0,
  })
}

/** Gives each of the first three nodes a third of the slots, and makes the others their replicas. */
async function form(nodes: RedisProcess[]): Promise<void> {
  const [first, ...others] = nodes
  for (const { port } of others) {
    const [busPort] = await on(port, (redis) => redis.config('GET', 'cluster-port')).then((pair) =>
      (pair as string[]).slice(1),
    )
    await on(first!.port, (redis) => redis.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort!))
  }
  const thirds = [0, 1, 2].map((n) => Math.floor((slots * n) / 3)).concat(slots)
  for (const n of [0, 1, 2])
    await on(nodes[n]!.port, (redis) => redis.call('CLUSTER', 'ADDSLOTSRANGE', thirds[n]!, thirds[n + 1]! - 1))
  await eventually(() => agree(nodes), 'all nodes to know each other', 30_000)
  for (const [n, replica] of nodes.slice(3).entries()) {
    const id = await idOf(nodes[n]!)
    await on(replica.port, (redis) => redis.call('CLUSTER', 'REPLICATE', id))
  }
  for (const { port } of nodes.slice(3))
    await eventually(async () => (await infoOf(port)).includes('master_link_status:up'), 'a replica to follow', 30_000)
  await eventually(() => agree(nodes), 'all slots to be served', 30_000)
}

const idOf = ({ port }: RedisProcess) => on(port, async (redis) => String(await redis.call('CLUSTER', 'MYID')))
const infoOf = (port: number) => on(port, (redis) => redis.info('replication'))

async function agree(nodes: RedisProcess[]): Promise<boolean> {
  const infos = await Promise.all(
    nodes.map(({ port }) => on(port, async (redis) => String(await redis.call('CLUSTER', 'INFO')))),
  )
  return infos.every(
    (info) =>
      info.includes('cluster_state:ok') &&
      info.includes(`cluster_slots_ok:${slots}`) &&
      info.includes(`cluster_known_nodes:${nodes.length}`),
  )
}

/** Asks one node. */
async function on<T>(port: number, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ port, connectTimeout: 1_000, commandTimeout: 10_000, retryStrategy: () => null })
  redis.on('error', () => {})
  return ask(redis).finally(() => redis.disconnect())
}
