const firstWaitMs = 250
const longestWaitMs = 5_000

/** Repeats an act that must not be lost until it succeeds: the database may be away for a while. `failed` hears of each failure. */
export async function insist<T>(act: () => Promise<T>, failed: (error: unknown) => void): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await act()
    } catch (error) {
      failed(error)
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
