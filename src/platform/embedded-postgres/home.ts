import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../user-error.ts'
import { findBinaries } from './binaries.ts'
import { type Owner, runAs } from './process.ts'

/**
 * The folders of the cluster (`pgdata`) and of the binaries (`native`), and the user that runs the server. Without an
 * owner that is the user of this program. `notes` are sentences for the person at the terminal.
 */
export type Home = { pgdata: string; native: string; owner?: Owner | undefined; notes: string[] }

const clusterName = 'pg18'

/**
 * Chooses the folder of the cluster that belongs to a data folder. It is below the data folder in most cases.
 * PostgreSQL refuses to run as root, so under root another user runs it. If that user cannot enter the data folder
 * or the folder of the binaries, the cluster or a copy of the binaries is kept in /var/lib/sitrep/HASH.
 * @throws UserError when the cluster belongs to another user
 */
export async function chooseHome(dataDir: string): Promise<Home> {
  const native = await findBinaries()
  const pgdata = join(dataDir, clusterName)
  if (process.getuid?.() !== 0) return ownHome(pgdata, native, (await stat(pgdata).catch(() => undefined))?.uid)
  const owner = (await ownerOf(pgdata)) ?? (await ownerOf(dataDir)) ?? (await serviceUser())
  const home = { pgdata, native, owner, notes: [] }
  const canEnterData = await canEnter(dataDir, owner)
  const canEnterNative = await canEnter(join(native, 'bin'), owner)
  return canEnterData && canEnterNative ? home : movedHome(dataDir, home, canEnterData)
}

/**
 * Creates the data folder and the folders above it.
 * @throws UserError when a folder cannot be created
 */
export async function createDataFolder(path: string, mode = 0o777): Promise<void> {
  await createFolders(path, mode).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`The data folder ${path} cannot be created (${code}). Set DATA_DIR to another folder.`)
  })
}

/** Node's own recursive mkdir never ends below a folder such as /proc, where creating a file fails with ENOENT. */
async function createFolders(path: string, mode: number): Promise<void> {
  if (await isFolder(path)) return
  const parent = dirname(path)
  if (parent !== path) await createFolders(parent, mode)
  await mkdir(path, { mode }).catch(async (error: Error) => {
    if (!(await isFolder(path))) throw error // else another process has just created it
  })
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** The owner of a path; undefined when the path does not exist or belongs to root. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.uid ? { uid: found.uid, gid: found.gid } : undefined
}

function ownHome(pgdata: string, native: string, uid: number | undefined): Home {
  const ownUid = process.getuid?.()
  if (uid !== undefined && ownUid !== undefined && uid !== ownUid) {
    throw new UserError(`${pgdata} belongs to another user (uid ${uid}): run as that user or as root, or set DATA_DIR.`)
  }
  return { pgdata, native, notes: [] }
}

async function movedHome(dataDir: string, home: Home, canEnterData: boolean): Promise<Home> {
  const folder = join('/var/lib/sitrep', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const native = await copyBinaries(home.native, folder)
  if (canEnterData) return { ...home, native, notes: [`The PostgreSQL programs were copied to ${folder}.`] }
  const note = `PostgreSQL does not run as root, and its user cannot enter ${dataDir}: the database is kept in ${folder}.`
  const pgdata = join(folder, clusterName)
  return { pgdata, native, owner: (await ownerOf(pgdata)) ?? home.owner, notes: [note] }
}

/** Copies the binaries once for each version. The copy gets its final name last, so that half a copy is never used. */
async function copyBinaries(native: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const target = join(folder, `programs-${version}`)
  if (await stat(target).catch(() => undefined)) return target
  const partial = `${target}.${process.pid}`
  await cp(native, partial, { recursive: true, verbatimSymlinks: true })
  await rename(partial, target).catch(() => rm(partial, { recursive: true }))
  return target
}

/** The system user `postgres` where there is one, else `nobody`. */
async function serviceUser(): Promise<Owner> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!user) throw new UserError('PostgreSQL does not run as root, and there is no user to run it: set DATABASE_URL.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

const canEnter = (dir: string, owner: Owner): Promise<boolean> =>
  runAs(owner, '/bin/sh', ['-c', 'cd "$1"', 'sh', dir]).then(
    () => true,
    () => false,
  )
