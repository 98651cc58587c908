import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import { type RedisProcess, redisProcess, sentinelProcess } from './redis-process.ts'

const masterName = 'sitrep-queue'
/** A user of the servers and another one of the sentinels, so that a test sees whether the right one logs in. */
const server = { user: 'worker', password: 'of+the/servers' }
const sentinel = { user: 'watcher', password: 'of+the/sentinels' }
const quorum = 2
/** Sentinels replace a master that is silent for so long. */
const downAfterMs = 2_000

export type RedisSentinels = {
  url: string
  /** The address of the master that the sentinels name, and its process. */
  master(): Promise<RedisProcess>
  sentinels: RedisProcess[]
  close(): Promise<void>
}

/** Three sentinels on loopback, and one master with so many replicas. All of them want passwords. */
export async function startRedisSentinels(replicas: number): Promise<RedisSentinels> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-redis-sentinel-'))
  const masterPort = await freePort()
  const servers = [redisProcess(dir, masterPort, serverFlags(masterPort))]
  for (let n = 0; n < replicas; n++) {
    const port = await freePort()
    servers.push(redisProcess(dir, port, { ...serverFlags(port), replicaof: `127.0.0.1 ${masterPort}` }))
  }
  await Promise.all(servers.map((one) => one.start()))
  const sentinels: RedisProcess[] = []
  for (let n = 0; n < 3; n++) sentinels.push(sentinelProcess(dir, await freePort(), sentinelLines(masterPort)))
  await Promise.all(sentinels.map((one) => one.start()))
  await eventually(() => knowEachOther(sentinels, replicas), 'the sentinels to know each other', 30_000)
  return {
    url: urlOf(sentinels),
    sentinels,
    async master() {
      const port = await Promise.any(sentinels.map((one) => onSentinel(one.port, portOfMaster)))
      return servers.find((one) => one.port === port)!
    },
    async close() {
      await Promise.all([...sentinels, ...servers].map((one) => one.stop()))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function urlOf(sentinels: RedisProcess[]): string {
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')
  const login = `${server.user}:${encodeURIComponent(server.password)}`
  const query = `sentinel_user=${sentinel.user}&sentinel_password=${sentinel.password}`
  return `redis+sentinel://${login}@${hosts}/${masterName}?${query}`
}

const userOf = ({ user, password }: { user: string; password: string }) => `user ${user} on >${password} ~* &* +@all`

const serverFlags = (port: number) => ({
  user: `${server.user} on >${server.password} ~* &* +@all`,
  requirepass: 'of-the-default-user',
  masteruser: server.user,
  masterauth: server.password,
  appenddirname: `aof-${port}`,
  dbfilename: `${port}.rdb`,
  'repl-diskless-sync-delay': 0,
})

const sentinelLines = (masterPort: number) => [
  `sentinel monitor ${masterName} 127.0.0.1 ${masterPort} ${quorum}`,
  `sentinel down-after-milliseconds ${masterName} ${downAfterMs}`,
  `sentinel failover-timeout ${masterName} 5000`,
  `sentinel auth-user ${masterName} ${server.user}`,
  `sentinel auth-pass ${masterName} ${server.password}`,
  userOf(sentinel),
  'user default off',
  `sentinel sentinel-user ${sentinel.user}`,
  `sentinel sentinel-pass ${sentinel.password}`,
]

async function knowEachOther(sentinels: RedisProcess[], replicas: number): Promise<boolean> {
  const states = await Promise.all(sentinels.map((one) => onSentinel(one.port, (redis) => redis.info('sentinel'))))
  return states.every((text) => text.includes(`slaves=${replicas},sentinels=3`))
}

async function portOfMaster(redis: Redis): Promise<number> {
  const address = (await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', masterName)) as [string, string]
  return Number(address[1])
}

async function onSentinel<T>(port: number, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const login = { username: sentinel.user, password: sentinel.password }
  const redis = new Redis({ port, ...login, connectTimeout: 1_000, enableReadyCheck: false, retryStrategy: () => null })
  redis.on('error', () => {})
  return ask(redis).finally(() => redis.disconnect())
}
