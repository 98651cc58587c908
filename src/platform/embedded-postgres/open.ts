import { randomBytes } from 'node:crypto'
import { access, realpath, rename } from 'node:fs/promises'
import { chooseHome, createDataFolder, type Home } from './home.ts'
import { identityOf } from './process.ts'
import { initCluster, type ServerSettings, startServer, stopServer, waitForServer } from './server.ts'
import { livingUsers, readState, type State, type User, withLock, writeState } from './state.ts'

/** An open server. `close` may be called twice. */
export type EmbeddedPostgres = { url: string; notes: string[]; close(): Promise<void> }

/**
 * Opens the PostgreSQL that npm installed, with its data below `dataDir`. Programs with the same data folder share one
 * server, and the last one that closes stops it. A server that a crash left running is used again.
 * `notes` are sentences for the person at the terminal. `settings` are server parameters, used if this call starts it.
 * @throws UserError when there are no binaries for this platform or the folder belongs to another user
 */
export async function openEmbeddedPostgres(options: {
  dataDir: string
  log?: { info(fields: object, message: string): void }
  settings?: ServerSettings
}): Promise<EmbeddedPostgres> {
  await createDataFolder(options.dataDir)
  const dataDir = await realpath(options.dataDir)
  const home = await chooseHome(dataDir)
  const me: User = { pid: process.pid, started: await identityOf(process.pid), id: randomBytes(6).toString('hex') }
  const url = await withLock(dataDir, () => enter(dataDir, home, me, options.settings ?? {}))
  options.log?.info({ data: home.pgdata }, 'opened embedded postgres')
  return { url, notes: home.notes, close: () => withLock(dataDir, () => leave(dataDir, home, me)) }
}

/** Finds the running server or starts it, and adds this process to its users. Returns the server's URL. */
async function enter(dataDir: string, home: Home, me: User, settings: ServerSettings): Promise<string> {
  let state = await readState(dataDir)
  if (!state) await setAsideCluster(home)
  if (!state || !(await exists(home.pgdata))) state = await newCluster(dataDir, home)
  const port = (await waitForServer(home)) ?? (await startServer(home, state.port, settings))
  await writeState(dataDir, { ...state, port, users: [...(await livingUsers(state)), me] })
  return `postgres://sitrep:${state.password}@127.0.0.1:${port}/postgres`
}

/** Removes this process from the users, and stops the server when no user is left. */
async function leave(dataDir: string, home: Home, me: User): Promise<void> {
  const state = await readState(dataDir)
  if (!state) return stopServer(home)
  const users = (await livingUsers(state)).filter((user) => user.id !== me.id)
  await writeState(dataDir, { ...state, users })
  if (users.length === 0) await stopServer(home)
}

async function newCluster(dataDir: string, home: Home): Promise<State> {
  const state: State = { port: null, password: randomBytes(24).toString('hex'), users: [] }
  await writeState(dataDir, state)
  await initCluster(home, state.password)
  return state
}

/** Renames a cluster whose state file, and with it the password, was deleted: nobody can open it any more. */
async function setAsideCluster(home: Home): Promise<void> {
  if (!(await exists(home.pgdata))) return
  await stopServer(home)
  let n = 1
  while (await exists(`${home.pgdata}.kept-${n}`)) n++
  await rename(home.pgdata, `${home.pgdata}.kept-${n}`)
  home.notes.push(
    `Sitrep has no password for the database in ${home.pgdata}. It starts with an empty database. ` +
      `The old data is in ${home.pgdata}.kept-${n}.`,
  )
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
