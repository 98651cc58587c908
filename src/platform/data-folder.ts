import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from './user-error.ts'

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
