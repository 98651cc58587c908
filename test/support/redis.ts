import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { pathOf } from './installed.ts'
import { redisProcess } from './redis-process.ts'
import { suiteWith } from './suite-with.ts'

export const hasRedis = pathOf('redis') !== undefined

/** `describe`, left out where there is no Redis; with CI set that fails instead. */
export const describeWithRedis = suiteWith('redis')

export type RedisServer = {
  url: string
  /** SIGKILL, as a crash does it. */
  kill(): Promise<void>
  /** Starts again on the same port and folder. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A Redis of one's own on loopback, append-only as in production, its files in a folder that `close` removes. */
export async function startRedis(flags: Record<string, string> = {}): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-redis-'))
  const server = redisProcess(dir, await freePort(), flags)
  await server.start()
  return {
    url: `redis://127.0.0.1:${server.port}`,
    kill: server.kill,
    async restart() {
      await server.stop()
      await server.start()
    },
    async close() {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
