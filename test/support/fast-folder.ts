import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** The folder for databases of tests: in memory where the system has a gigabyte to spare, since a cluster is a thousand files. */
export async function fastFolder(): Promise<string> {
  const memory = '/dev/shm'
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return free > 1_000_000_000 ? memory : tmpdir()
}
