import { lock } from 'proper-lockfile'

/** Runs one step at a time over all processes that use this folder; a killed holder is passed by after 5 s. */
export async function withLock<T>(dir: string, step: () => Promise<T>): Promise<T> {
  const release = await lock(dir, {
    lockfilePath: `${dir}/embedded-postgres.lock`,
    stale: 5_000,
    update: 1_000,
    retries: { retries: 600, factor: 1, minTimeout: 50, maxTimeout: 200, randomize: true },
    onCompromised: () => {}, // the process slept through its turn: the server's own postmaster.pid still allows only one
  }).catch((error: Error) => {
    throw new Error(`The folder ${dir} could not be locked: ${error.message}`, { cause: error })
  })
  try {
    return await step()
  } finally {
    await release().catch(() => {})
  }
}
