import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../user-error.ts'
import { findBinaries } from './binaries.ts'
import { type Owner, runAs } from './command.ts'

/** Where the cluster and the binaries are, and whose they must be; no owner: the user who runs this program. */
export type Home = { pgdata: string; native: string; owner?: Owner | undefined; notes: string[] }

const cluster = 'pg18'

/**
 * Chooses the place for a data folder's cluster: below it, unless this is root, for whom PostgreSQL does not run, and the
 * user who runs it instead cannot get into the folder (or to the binaries): then it is /var/lib/sitrep/HASH.
 * @throws UsageError when the cluster belongs to somebody else.
 */
export async function chooseHome(dataDir: string): Promise<Home> {
  const native = await findBinaries()
  const pgdata = join(dataDir, cluster)
  if (process.getuid?.() !== 0) return ownHome(pgdata, native, (await stat(pgdata).catch(() => undefined))?.uid)
  const owner = (await ownerOf(pgdata)) ?? (await ownerOf(dataDir)) ?? (await serviceUser())
  const asRoot = { pgdata, native, owner, notes: [] }
  const [dataReached, nativeReached] = [await canEnter(dataDir, owner), await canEnter(join(native, 'bin'), owner)]
  return dataReached && nativeReached ? asRoot : movedHome(dataDir, asRoot, dataReached)
}

/** Whose a path is, if it is there and not root's. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.uid ? { uid: found.uid, gid: found.gid } : undefined
}

function ownHome(pgdata: string, native: string, uid: number | undefined): Home {
  const mine = process.getuid?.()
  if (uid !== undefined && mine !== undefined && uid !== mine) {
    throw new UserError(`${pgdata} belongs to another user (uid ${uid}): run as that user or as root, or set DATA_DIR.`)
  }
  return { pgdata, native, notes: [] }
}

async function movedHome(dataDir: string, home: Home, dataReached: boolean): Promise<Home> {
  const place = join('/var/lib/sitrep', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  await mkdir(place, { recursive: true, mode: 0o755 })
  const native = await copyBinaries(home.native, place)
  if (dataReached) return { ...home, native, notes: [`PostgreSQL's programs were copied to ${place}.`] }
  const note = `PostgreSQL does not run as root and its user cannot enter ${dataDir}: the database is kept in ${place}.`
  const pgdata = join(place, cluster)
  return { pgdata, native, owner: (await ownerOf(pgdata)) ?? home.owner, notes: [note] }
}

/** Copied once a version, beside its final name first, so that half a copy is never used. */
async function copyBinaries(native: string, place: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const target = join(place, `programs-${version}`)
  if (await stat(target).catch(() => undefined)) return target
  const half = `${target}.${process.pid}`
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  await rename(half, target).catch(() => rm(half, { recursive: true }))
  return target
}

/** The system's user for PostgreSQL where there is one, else nobody. */
async function serviceUser(): Promise<Owner> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!line) throw new UserError('PostgreSQL does not run as root, and there is no user to run it: set DATABASE_URL.')
  return { uid: Number(line[2]), gid: Number(line[3]) }
}

const canEnter = (dir: string, owner: Owner): Promise<boolean> =>
  runAs(owner, '/bin/sh', ['-c', 'cd "$1"', 'sh', dir]).then(
    () => true,
    () => false,
  )
