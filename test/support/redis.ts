import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { pathOf } from './installed.ts'
import { suiteWith } from './suite-with.ts'

const program = pathOf('redis')
export const hasRedis = program !== undefined

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
export async function startRedis(): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-redis-'))
  const port = await freePort()
  let server = await launch(dir, port)
  const close = async (): Promise<void> => {
    await stop(server, 'SIGTERM')
    await rm(dir, { recursive: true, force: true })
  }
  const restart = async (): Promise<void> => {
    await stop(server, 'SIGTERM')
    server = await launch(dir, port)
  }
  return { url: `redis://127.0.0.1:${port}`, kill: () => stop(server, 'SIGKILL'), restart, close }
}

async function launch(dir: string, port: number): Promise<ChildProcess> {
  if (!program) throw new Error('redis-server is not installed')
  const flags = { bind: '127.0.0.1', dir, port, save: '', appendonly: 'yes', 'maxmemory-policy': 'noeviction' }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await ready(server)
  return server
}

async function ready(server: ChildProcess): Promise<void> {
  let log = ''
  for await (const chunk of server.stdout!) {
    log += chunk
    if (log.includes('Ready to accept connections')) break
  }
  if (!log.includes('Ready to accept connections')) throw new Error(`redis-server did not start: ${log}`)
}

async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill(signal)
  await Promise.race([once(server, 'exit'), delay(5_000, undefined, { ref: false }).then(() => server.kill('SIGKILL'))])
}
