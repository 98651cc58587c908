import type { Log } from './log.ts'

const firstWaitMs = 250
const maxWaitMs = 5_000

/** Repeats an act that must not be lost until it succeeds, as while the database is away. `about` goes into the log. */
export async function retryForever<T>(
  { log }: { log: Log },
  about: Record<string, unknown>,
  act: () => Promise<T>,
): Promise<T> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, maxWaitMs)) {
    try {
      return await act()
    } catch (error) {
      log.warn({ err: error, ...about }, 'this step failed; Sitrep tries again')
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}
