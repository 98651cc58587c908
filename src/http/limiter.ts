/** Runs pieces of work, at most so many at once, in the order in which they came. */
export type Limiter = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** An aborted signal makes a piece that has not begun reject with the signal's reason. */
export function createLimiter(atOnce: number): Limiter {
  let busy = 0
  const waiting: (() => void)[] = []
  const enter = async () => {
    if (busy < atOnce) busy++
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
  return async (work, signal) => {
    await enter()
    try {
      signal?.throwIfAborted()
      return await work()
    } finally {
      leave()
    }
  }
}
