import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import { pathOf } from './installed.ts'
import { suiteWith } from './suite-with.ts'

/** A PgBouncer before a database. */
export type Pooler = { url: string; kill(): Promise<void>; start(): Promise<void>; close(): Promise<void> }

/** `describe`, left out where there is no PgBouncer; with CI set that fails instead. */
export const describeWithPooler = suiteWith('pgbouncer')

/** `session` gives each client a server connection of its own as long as it stays; `transaction` for a transaction only. */
type Mode = 'session' | 'transaction'

/** Starts one that takes clients without a password. Like Debian's, it refuses start parameters that it does not know. */
export async function startPooler(databaseUrl: string, mode: Mode): Promise<Pooler> {
  const target = new URL(databaseUrl)
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-pooler-'))
  await chmod(dir, 0o755)
  const port = await freePort()
  const config = join(dir, 'pgbouncer.ini')
  await writeFile(config, configOf(target, port, mode))
  let gone: Promise<unknown> = Promise.resolve()
  let pid: number | undefined
  const start = async () => {
    const asRoot = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
    const child = spawn(pathOf('pgbouncer')!, [...asRoot, config], { stdio: 'ignore' })
    pid = child.pid
    gone = once(child, 'exit')
    await eventually(() => isListening(port), 'PgBouncer to listen')
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

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return isOpen
}

const configOf = ({ hostname, port, username, password }: URL, own: number, mode: Mode): string => `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${mode === 'session' ? 100 : 6}
`
