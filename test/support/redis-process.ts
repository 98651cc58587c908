import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathOf } from './installed.ts'

/** The settings of every Redis of the tests: append-only as in production. */
const always = { bind: '127.0.0.1', save: '', appendonly: 'yes', 'maxmemory-policy': 'noeviction' }

/** One redis-server in a folder, which outlives its process. */
export type RedisProcess = {
  port: number
  start(): Promise<void>
  /** SIGKILL, as a crash does it. */
  kill(): Promise<void>
  /** SIGSTOP: its connections stand, and nothing answers. `stop` ends it too. */
  freeze(): void
  stop(): Promise<void>
}

/** Describes a redis-server. It is not started yet. */
export function redisProcess(dir: string, port: number, flags: Record<string, string | number> = {}): RedisProcess {
  const settings = { ...always, dir, port, ...flags }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, ...String(value).split(' ')])
  return processOf(port, () => launch(args, 'Ready to accept connections'))
}

/** Describes a sentinel, which rewrites its file as it learns. */
export function sentinelProcess(dir: string, port: number, lines: string[]): RedisProcess {
  const file = join(dir, `sentinel-${port}.conf`)
  const text = ['bind 127.0.0.1', `port ${port}`, `dir ${dir}`, ...lines, ''].join('\n')
  return processOf(port, async () => {
    await writeFile(file, text)
    return launch([file, '--sentinel'], 'Sentinel ID is')
  })
}

function processOf(port: number, begin: () => Promise<ChildProcess>): RedisProcess {
  let server: ChildProcess | undefined
  return {
    port,
    async start() {
      server = await begin()
    },
    kill: () => end(server, 'SIGKILL'),
    freeze: () => void server?.kill('SIGSTOP'),
    async stop() {
      server?.kill('SIGCONT')
      await end(server, 'SIGTERM')
    },
  }
}

async function launch(args: string[], ready: string): Promise<ChildProcess> {
  const program = pathOf('redis')
  if (!program) throw new Error('redis-server is not installed')
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let log = ''
  for await (const chunk of server.stdout!.iterator({ destroyOnReturn: false })) {
    log += chunk
    if (log.includes(ready)) break
  }
  if (!log.includes(ready)) throw new Error(`redis-server did not start: ${log}`)
  server.stdout!.resume()
  return server
}

async function end(server: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return
  server.kill(signal)
  await Promise.race([once(server, 'exit'), delay(5_000, undefined, { ref: false }).then(() => server.kill('SIGKILL'))])
}
