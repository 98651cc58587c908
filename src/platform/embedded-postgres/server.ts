import { chown, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Home } from './home.ts'
import { commandOf, identityOf, runAs } from './process.ts'

/** Server parameters by name. */
export type ServerSettings = Record<string, string>

/** Small enough for a laptop, as durable as usual. Loopback only: the path of a socket file may be too long. */
const defaultSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  log_checkpoints: 'off',
  // The details of an error name the values of a row, such as the address of a reader.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  // As durable as fdatasync, the default on Linux, in one system call instead of two.
  ...(process.platform === 'linux' && { wal_sync_method: 'open_datasync' }),
}

/**
 * Creates an empty cluster: UTF-8, sorted by bytes, with one user and its password. It gets its final name last, so
 * that half a cluster never stands at `pgdata`. Each attempt has a folder of its own: the initdb of a program that was
 * killed lives on for a moment, and empties its folder when it fails.
 */
export async function initCluster(home: Home, password: string): Promise<void> {
  const partial = await mkdtemp(`${home.pgdata}.new-`)
  const secret = `${partial}.secret`
  await writeFile(secret, password, { mode: 0o600 })
  for (const path of [partial, secret]) if (home.owner) await chown(path, home.owner.uid, home.owner.gid)
  const flags = ['--encoding=UTF8', '--locale=C', '--username=sitrep', '--auth=scram-sha-256', `--pwfile=${secret}`]
  await program(home, 'initdb', [...flags, '-D', partial]).finally(() => rm(secret, { force: true }))
  await rename(partial, home.pgdata)
  await removeAttempts(home)
}

/** Removes what attempts left that were killed. One whose initdb still writes is left for the next time. */
async function removeAttempts(home: Home): Promise<void> {
  const folder = dirname(home.pgdata)
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${basename(home.pgdata)}.new`))
  const options = { recursive: true, force: true, maxRetries: 5 }
  await Promise.all(left.map((name) => rm(join(folder, name), options).catch(() => {})))
}

/**
 * Starts the server on its old port, or on a free one if that is taken.
 * @returns the port, once the server accepts connections
 * @throws after three attempts, with the last lines of the server's log
 */
export async function startServer(home: Home, oldPort: number | null, settings: ServerSettings): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = attempt === 1 && oldPort !== null && (await isFree(oldPort)) ? oldPort : await freePort()
    const failure = await launch(home, { ...defaultSettings, ...settings, port: String(port) })
    if (!failure) return port
    if (attempt === maxAttempts) throw failure
    await delay(500) // another program took the port, or processes of a killed server have not ended yet
  }
}

const maxAttempts = 3
const maxLogBytes = 1_000_000

async function launch(home: Home, settings: ServerSettings): Promise<Error | undefined> {
  const log = join(home.pgdata, 'server.log')
  if (((await stat(log).catch(() => undefined))?.size ?? 0) > maxLogBytes) await truncate(log)
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const started = program(home, 'pg_ctl', ['start', '-w', '-D', home.pgdata, '-l', log, '-o', flags.join(' ')])
  return started.then(
    () => undefined,
    async (cause) => new Error(`The embedded PostgreSQL did not start: ${await lastLines(log)}`, { cause }),
  )
}

/** Stops the server if it runs, and waits for it. */
export async function stopServer(home: Home): Promise<void> {
  if (await readPostmaster(home)) await program(home, 'pg_ctl', ['stop', '-w', '-m', 'fast', '-D', home.pgdata])
}

/**
 * The port of the server that runs on this cluster, once it accepts connections; undefined when none runs.
 * @throws when it is not ready after a minute
 */
export async function waitForServer(home: Home): Promise<number | undefined> {
  for (let tries = 0; tries < 600; tries++) {
    const postmaster = await readPostmaster(home)
    if (!postmaster) return undefined
    if (postmaster.ready) return postmaster.port
    await delay(100)
  }
  throw new Error(
    `The embedded PostgreSQL in ${home.pgdata} was not ready within a minute. Stop the other Sitrep processes, then start again.`,
  )
}

/**
 * Reads postmaster.pid (lines: process id, folder, start, port, socket folder, address, memory key, status).
 * PostgreSQL refuses to start while any process has that id. After a power cut it may belong to another program, and in
 * a container to a zombie process. Then the file is removed; the shared memory still prevents a second server.
 */
async function readPostmaster(home: Home): Promise<{ port: number; ready: boolean } | undefined> {
  const file = join(home.pgdata, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (Number.isInteger(pid) && pid > 0 && (await isServerOf(home, pid))) {
    return { port: Number(lines[3]), ready: lines[7] === 'ready' }
  }
  await rm(file, { force: true })
  return undefined
}

async function isServerOf(home: Home, pid: number): Promise<boolean> {
  if ((await identityOf(pid)) === null) return false
  const command = await commandOf(pid)
  return command === null || command.includes(home.pgdata)
}

const program = (home: Home, name: string, args: string[]): Promise<string> =>
  runAs(home.owner, join(home.native, 'bin', name), args)

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => 'there is no log')
  return text.trim().split('\n').slice(-3).join(' | ')
}

const isFree = (port: number): Promise<boolean> =>
  listenOn(port).then(
    () => true,
    () => false,
  )
const freePort = (): Promise<number> => listenOn(0)

/** Listens on a port for a moment (0: any free one) and gives its number. Rejects when the port is taken. */
function listenOn(port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer().once('error', reject)
  server.listen(port, '127.0.0.1', () => {
    const { port: boundPort } = server.address() as AddressInfo
    server.close(() => resolve(boundPort))
  })
  return promise
}
