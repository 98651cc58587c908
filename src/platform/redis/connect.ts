import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { AbstractConnector, Cluster, Redis } from 'ioredis'
import { type RedisAddress, type RedisHost, redisAddressOf } from './redis-url.ts'

/** A connection to the master of one Redis, or to all masters of a cluster. */
export type RedisClient = Redis | Cluster

/** All our keys begin with this. Its braces make Redis Cluster keep the whole queue in one hash slot, on one master. */
export const redisKeyPrefix = '{sitrep}'

const retryMs = 1_000
const connectTimeout = 5_000
/**
 * A connection that waits for a reply so long is replaced. The worker's own wait for a job ends after 10 s. `failoverDetector` of
 * ioredis would be quicker, but ends a client for good when it speaks while the client reconnects.
 */
const silenceMs = 15_000
/** A cluster moves slots, and its replicas become masters: the client asks every few seconds who has which slot. */
const refreshSlotsMs = 5_000

/**
 * Connects to the Redis of a REDIS_URL. It waits for Redis for ever, and goes with the master to another server.
 * @param onError is told each failure to connect
 */
export function connectToRedis(url: string, onError: (error: Error) => void): RedisClient {
  const client = openClient(redisAddressOf(url))
  client.on('error', onError)
  return client
}

function openClient(address: RedisAddress): RedisClient {
  const { kind, hosts, family, login, db } = address
  const tls = tlsOf(address)
  const always = {
    ...login,
    ...(tls && { tls }),
    family,
    connectTimeout,
    socketTimeout: silenceMs,
    maxRetriesPerRequest: null,
  }
  const patient = { ...always, db, retryStrategy: () => retryMs, reconnectOnError: isNoMaster }
  if (kind === 'sentinel') return new Redis({ ...patient, ...sentinelOptions(address, tls) })
  if (kind === 'servers' && hosts.length === 1) return new Redis({ ...patient, ...hosts[0] })
  if (kind === 'servers') return new Redis({ ...patient, Connector: findMaster(hosts, family, tls) })
  return new Cluster(hosts, {
    redisOptions: always,
    clusterRetryStrategy: () => retryMs,
    slotsRefreshTimeout: connectTimeout,
    slotsRefreshInterval: refreshSlotsMs,
    // The names of hosts are kept as they are, because certificates are for names.
    dnsLookup: (host, found) => found(null, host),
  })
}

function sentinelOptions({ hosts, masterName, sentinelLogin }: RedisAddress, tls: ConnectionOptions | undefined) {
  const { username, password } = sentinelLogin
  return {
    sentinels: hosts,
    name: masterName,
    ...(username && { sentinelUsername: username }),
    ...(password && { sentinelPassword: password }),
    ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
    sentinelRetryStrategy: () => retryMs,
    sentinelCommandTimeout: connectTimeout,
  }
}

/** Reconnects, and repeats the command, when the server is a replica now. */
const isNoMaster = ({ message }: Error): 2 | false => (/^(?:READONLY|UNBLOCKED|MASTERDOWN)\b/.test(message) ? 2 : false)

/** Each attempt takes the next host, until one of them is the master. Connections that bullmq copies do the same. */
function findMaster(hosts: RedisHost[], family: number, tls: ConnectionOptions | undefined) {
  return class extends AbstractConnector {
    #attempts = 0
    constructor() {
      super(connectTimeout)
    }
    override check({ role = 'master' }: { role?: string }): boolean {
      return role === 'master'
    }
    override async connect() {
      this.connecting = true
      const to = { ...hosts[this.#attempts++ % hosts.length]!, family }
      this.stream = tls ? connectTls({ ...to, ...tls }) : createConnection(to)
      this.stream.once('error', (error) => {
        this.firstError = error
      })
      return this.stream
    }
  }
}

/**
 * Connects to one server or sentinel, once, for `sitrep doctor`.
 * @param to `sentinel` logs in as REDIS_URL says for sentinels, else as it says for servers
 */
export function connectOnce(
  address: RedisAddress,
  host: RedisHost,
  to: 'server' | 'sentinel',
  timeoutMs: number,
): Redis {
  const tls = tlsOf(address)
  const login = to === 'sentinel' ? address.sentinelLogin : { ...address.login, db: address.db }
  const limits = { connectTimeout: timeoutMs, commandTimeout: timeoutMs, maxRetriesPerRequest: 0 }
  const once = { enableReadyCheck: false, retryStrategy: () => null }
  return new Redis({ ...host, ...login, ...limits, ...once, family: address.family, ...(tls && { tls }) })
}

/** @throws when a file of a certificate or a key cannot be read */
function tlsOf({ tls }: RedisAddress): ConnectionOptions | undefined {
  return tls && Object.fromEntries(Object.entries(tls).map(([name, path]) => [name, readFileSync(path)]))
}
