import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A data folder for one run of the program. */
export type DataFolder = { path: string; remove(): Promise<void> }

export async function createDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'sitrep-bench-'))
  await chmod(path, 0o755) // as root, the database's own user must get in
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
