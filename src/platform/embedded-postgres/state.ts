import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { z } from 'zod'
import { UserError } from '../user-error.ts'
import { identityOf } from './process.ts'

const stateSchema = z.object({
  port: z.int().min(1).max(65_535).nullable(),
  password: z.string().regex(/^[0-9a-f]{48}$/),
  users: z.array(z.object({ pid: z.int(), started: z.string().nullable(), id: z.string() })),
})

/** How to reach the server of a data folder, and the processes that use it, each with the moment it started. */
export type State = z.infer<typeof stateSchema>
export type User = State['users'][number]

const stateFile = (dataDir: string): string => join(dataDir, 'embedded-postgres.json')

/**
 * Runs one step at a time over all processes that use a data folder. The lock of a killed process ends after 5 s.
 * @throws when the lock is not free after 600 attempts (about 45 s)
 */
export async function withLock<T>(dataDir: string, step: () => Promise<T>): Promise<T> {
  const release = await lock(dataDir, {
    lockfilePath: `${dataDir}/embedded-postgres.lock`,
    stale: 5_000,
    update: 1_000,
    retries: { retries: 600, factor: 1, minTimeout: 50, maxTimeout: 200, randomize: true },
    onCompromised: () => {}, // the process was suspended for too long; postmaster.pid still allows one server only
  }).catch((error: Error) => {
    const say = `The folder ${dataDir} could not be locked (${error.message}).`
    throw new Error(`${say} Another Sitrep process may use the folder. Stop it, or set DATA_DIR.`, { cause: error })
  })
  try {
    return await step()
  } finally {
    await release().catch(() => {})
  }
}

/**
 * Reads the state of a data folder; undefined in a new folder.
 * @throws UserError when the file cannot be read
 */
export async function readState(dataDir: string): Promise<State | undefined> {
  const file = stateFile(dataDir)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new UserError(`${file} cannot be read (${error.code}). Run Sitrep as the owner of the file, or set DATA_DIR.`)
  })
  return text === undefined ? undefined : parseState(file, text)
}

/** Replaces the state file as a whole. Only the owner of the folder can read it, even when root has written it. */
export async function writeState(dataDir: string, state: State): Promise<void> {
  const file = stateFile(dataDir)
  await writeFile(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600, flush: true })
  const { uid, gid } = await stat(dataDir)
  if (process.getuid?.() === 0) await chown(`${file}.new`, uid, gid)
  await rename(`${file}.new`, file)
}

/** The users whose process still runs. A killed process could not remove itself from the list. */
export async function livingUsers(state: State): Promise<User[]> {
  const alive = await Promise.all(state.users.map(async (user) => (await identityOf(user.pid)) === user.started))
  return state.users.filter((_, i) => alive[i])
}

function parseState(file: string, text: string): State {
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file} is damaged; move it away to begin with an empty database`, { cause: error })
  }
}
