import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'

/** A PgBouncer before a database. */
export type Pooler = { url: string; kill(): Promise<void>; start(): Promise<void>; close(): Promise<void> }

export const hasPooler = ((): boolean => {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Starts one that gives each client a server connection of its own for as long as the client stays (`pool_mode = session`). */
export async function startPooler(databaseUrl: string): Promise<Pooler> {
  const target = new URL(databaseUrl)
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-pooler-'))
  await chmod(dir, 0o755)
  const port = await freePort()
  const config = join(dir, 'pgbouncer.ini')
  await writeFile(config, configOf(target, port))
  let gone: Promise<unknown> = Promise.resolve()
  let pid: number | undefined
  const start = async () => {
    const asRoot = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
    const child = spawn('pgbouncer', [...asRoot, config], { stdio: 'ignore' })
    pid = child.pid
    gone = once(child, 'exit')
  }
  const kill = async () => {
    if (pid) process.kill(pid, 'SIGKILL')
    await gone
  }
  await start()
  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    start,
    kill,
    async close() {
      await kill()
      await rm(dir, { recursive: true })
    },
  }
}

const configOf = ({ hostname, port, username, password }: URL, own: number): string => `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = session
default_pool_size = 100
ignore_startup_parameters = options,extra_float_digits
`
