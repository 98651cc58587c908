import type { App } from '../app.ts'

const firstWaitMs = 250
const longestWaitMs = 5_000

/** Repeats an act that must not be lost until it succeeds: the ledger may be away for a while. `about` goes into the log. */
export async function retryForever<T>(app: App, about: Record<string, unknown>, act: () => Promise<T>): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await act()
    } catch (error) {
      app.log.warn({ err: error, ...about }, 'did not succeed, will try again')
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
