import { connectOnce, redisKeyPrefix } from './connect.ts'
import { type RedisAddress, type RedisHost, redisAddressOf } from './redis-url.ts'

/** The settings of a Redis that decide whether it keeps the queue: `yes` or `no`, and the name of an eviction policy. */
export type RedisSettings = { appendonly: string; maxmemoryPolicy: string }

/** What `sitrep doctor` finds behind REDIS_URL. Hosts are `host:port`. */
export type RedisReport = {
  kind: RedisAddress['kind']
  /** The host of the master that has the queue. */
  master: string
  /** Null when Redis answers but does not allow CONFIG GET, as many hosted ones. */
  settings: RedisSettings | null
  /** The replicas that are connected to this master. */
  replicas: number
  /** The hosts of REDIS_URL that do not answer, each with the words of Redis or of the network. */
  silent: { host: string; problem: string }[]
  /** Why the sentinels cannot choose a new master, in their words; null when they can, or without sentinels. */
  noQuorum: string | null
  /** How many masters a cluster has, and how many of its 16384 slots are served. */
  cluster?: { masters: number; slots: number }
}

/**
 * Connects to Redis and reads its state, for `sitrep doctor`. It changes nothing.
 * @param timeoutMs of each connection and command
 * @throws with the words of Redis or of the network when there is no master that answers
 */
export async function probeRedis(url: string, timeoutMs = 5_000): Promise<RedisReport> {
  const address = redisAddressOf(url)
  const visit = <T>(host: RedisHost, to: 'server' | 'sentinel', ask: (redis: Redis) => Promise<T>): Promise<T> =>
    visited(connectOnce(address, host, to, timeoutMs), ask)
  const found = await finders[address.kind](address, visit)
  const facts = await visit(found.master, 'server', askMaster)
  return { kind: address.kind, noQuorum: null, ...found, ...facts, master: textOf(found.master) }
}

type Redis = ReturnType<typeof connectOnce>
type Visit = <T>(host: RedisHost, to: 'server' | 'sentinel', ask: (redis: Redis) => Promise<T>) => Promise<T>
type Found = { master: RedisHost } & Pick<RedisReport, 'silent'> & Partial<Pick<RedisReport, 'noQuorum' | 'cluster'>>

/** How the master is found that has the queue. */
const finders: Record<RedisAddress['kind'], (address: RedisAddress, visit: Visit) => Promise<Found>> = {
  async servers({ hosts }, visit) {
    const { answers, silent } = await askAll(hosts, (host) => visit(host, 'server', infoOf))
    for (const { value, host } of answers) refuseOtherKind(value, host)
    const masters = answers.filter(({ value }) => value.role !== 'slave')
    if (!masters.length) throw new Error(`${list(hosts)} is a replica, and no master is named`)
    return { master: masters[0]!.host, silent }
  },

  async sentinel({ hosts, masterName }, visit) {
    const { answers, silent } = await askAll(hosts, (host) =>
      visit(host, 'sentinel', async (redis) => {
        const master = (await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', masterName)) as [string, string] | null
        if (!master) return null
        const noQuorum = await redis.call('SENTINEL', 'CKQUORUM', masterName).then(
          () => null,
          (error: Error) => error.message.replace(/\.$/, ''),
        )
        return { master: { host: master[0], port: Number(master[1]) }, noQuorum }
      }),
    )
    const known = answers.flatMap(({ value }) => value ?? [])
    if (!known.length) throw new Error(`no sentinel knows a master with the name ${masterName}`)
    return { ...known[0]!, silent }
  },

  async cluster({ hosts }, visit) {
    const { answers, silent } = await askAll(hosts, (host) =>
      visit(host, 'server', async (redis) => ({
        info: fieldsOf(String(await redis.call('CLUSTER', 'INFO'))),
        slot: Number(await redis.call('CLUSTER', 'KEYSLOT', redisKeyPrefix)),
        ranges: (await redis.call('CLUSTER', 'SLOTS')) as [number, number, [string, number]][],
      })),
    )
    const { info, slot, ranges } = answers[0]!.value
    const cluster = { masters: Number(info.cluster_size), slots: Number(info.cluster_slots_ok) }
    const [, , node] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? []
    if (!node) throw new Error(`the cluster serves ${cluster.slots} of 16384 slots, and not the slot of the queue`)
    return { master: { host: node[0] || answers[0]!.host.host, port: Number(node[1]) }, silent, cluster }
  },
}

async function askMaster(redis: Redis): Promise<Pick<RedisReport, 'settings' | 'replicas'>> {
  const { connected_slaves } = await infoOf(redis)
  const appendonly = await configValue(redis, 'appendonly')
  const maxmemoryPolicy = await configValue(redis, 'maxmemory-policy')
  const settings = appendonly && maxmemoryPolicy ? { appendonly, maxmemoryPolicy } : null
  return { settings, replicas: Number(connected_slaves ?? 0) }
}

/** A server that is something else than the scheme of REDIS_URL says would refuse most commands later. */
function refuseOtherKind({ redis_mode }: Record<string, string>, host: RedisHost): void {
  if (redis_mode === 'cluster') throw new Error(`${textOf(host)} belongs to a cluster, which needs redis+cluster://`)
  if (redis_mode === 'sentinel') throw new Error(`${textOf(host)} is a sentinel, which needs redis+sentinel://`)
}

/** @throws the first problem when no host answers */
async function askAll<T>(hosts: RedisHost[], ask: (host: RedisHost) => Promise<T>) {
  const results = await Promise.all(
    hosts.map((host) =>
      ask(host).then(
        (value) => ({ host, value }),
        (error: Error) => ({ host, error }),
      ),
    ),
  )
  const answers = results.filter((result) => 'value' in result)
  const failures = results.filter((result) => 'error' in result)
  if (!answers.length) throw failures[0]!.error
  return { answers, silent: failures.map(({ host, error }) => ({ host: textOf(host), problem: error.message })) }
}

/** Asks one server and disconnects. An error of the connection says more than that of the command that waited for it. */
async function visited<T>(redis: Redis, ask: (redis: Redis) => Promise<T>): Promise<T> {
  let connectionError: Error | undefined
  redis.on('error', (error) => {
    connectionError ??= error
  })
  try {
    await redis.ping()
    return await ask(redis)
  } catch (error) {
    throw connectionError ?? error
  } finally {
    redis.disconnect()
  }
}

/** The server's and the replication's part of INFO; empty when Redis refuses INFO. */
async function infoOf(redis: Redis): Promise<Record<string, string>> {
  return fieldsOf((await unlessRefused(redis.info())) ?? '')
}

/** A setting of Redis; undefined when Redis refuses CONFIG GET. */
async function configValue(redis: Redis, name: string): Promise<string | undefined> {
  const pair = await unlessRefused(redis.config('GET', name) as Promise<unknown>)
  return Array.isArray(pair) ? String(pair[1]) : undefined
}

const unlessRefused = <T>(reply: Promise<T>): Promise<T | undefined> =>
  reply.catch((error: Error) => {
    if (error.name === 'ReplyError') return undefined
    throw error
  })

/** The lines `name:value` of a reply. */
const fieldsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/\r?\n/).flatMap((line) => [/^(\w+):(.*)$/.exec(line)?.slice(1) ?? []].filter((pair) => pair.length)),
  )

const textOf = ({ host, port }: RedisHost) => `${host.includes(':') ? `[${host}]` : host}:${port}`
const list = (hosts: RedisHost[]) => hosts.map(textOf).join(' and ')
