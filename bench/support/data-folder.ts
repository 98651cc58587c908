import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty data folder for one run of the program. */
export async function createDataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sitrep-bench-'))
  await chmod(path, 0o755) // as root, the database's own user must get in
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
