import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../user-error.ts'
import { identityOf } from './process.ts'

const stateSchema = z.object({
  port: z.int().min(1).max(65_535).nullable(),
  password: z.string().regex(/^[0-9a-f]{48}$/),
  users: z.array(z.object({ pid: z.int(), started: z.string().nullable(), id: z.string() })),
})

/** How to reach the server of a folder, and who uses it: a process is its id and the moment it started. */
export type State = z.infer<typeof stateSchema>
export type User = State['users'][number]

const fileOf = (dataDir: string): string => join(dataDir, 'embedded-postgres.json')

/** Reads what the folder's programs agreed on; undefined in a new folder. */
export async function readState(dataDir: string): Promise<State | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new UserError(`${fileOf(dataDir)} cannot be read (${error.code}): run as its owner, or set DATA_DIR.`)
  })
  return text === undefined ? undefined : parseState(dataDir, text)
}

/** Replaces the file as a whole, readable only for the folder's owner, also when root writes it in between. */
export async function writeState(dataDir: string, state: State): Promise<void> {
  const file = fileOf(dataDir)
  await writeFile(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600, flush: true })
  const { uid, gid } = await stat(dataDir)
  if (process.getuid?.() === 0) await chown(`${file}.new`, uid, gid)
  await rename(`${file}.new`, file)
}

/** The users that still run; those that were killed could not sign off. */
export async function livingUsers(state: State): Promise<User[]> {
  const alive = await Promise.all(state.users.map(async (user) => (await identityOf(user.pid)) === user.started))
  return state.users.filter((_, i) => alive[i])
}

function parseState(dataDir: string, text: string): State {
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${fileOf(dataDir)} is damaged; move it away to begin with an empty database`, { cause: error })
  }
}
