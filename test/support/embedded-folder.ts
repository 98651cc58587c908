import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { fastFolder } from './fast-folder.ts'

/** A new folder that every user can enter; `remove` also stops a server that a failed test left in it. */
export async function newFolder(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(join(await fastFolder(), 'sitrep-embedded-'))
  await chmod(dataDir, 0o755)
  const remove = async (): Promise<void> => {
    if (await exists(join(dataDir, 'pg18', 'postmaster.pid'))) await (await openEmbeddedPostgres({ dataDir })).close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { dataDir, remove }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export type Holder = { url: string; process: ChildProcess; leave(): Promise<void>; crash(): Promise<void> }

/** Another program that holds the server of the folder. */
export async function startHolder(dataDir: string, env: NodeJS.ProcessEnv = process.env): Promise<Holder> {
  const program = join(import.meta.dirname, 'embedded-holder.ts')
  const child = spawn(process.execPath, [program, dataDir], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  const leave = async (): Promise<void> => {
    child.stdin.end()
    await gone
  }
  const crash = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  return { url, process: child, leave, crash }
}

/** The first value that a query gives. */
export async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // the tests kill servers
  await client.connect()
  const { rows } = await client.query({ text: query, rowMode: 'array' }).finally(() => client.end())
  return rows[0]?.[0]
}

/** The process that the cluster's own file names as its server. */
export async function postmasterOf(pgdata: string): Promise<number> {
  return Number((await readFile(join(pgdata, 'postmaster.pid'), 'utf8')).split('\n')[0])
}
