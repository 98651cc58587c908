/**
 * Gathers rows while the ones before them are being written, so that many small writes become few large ones; each caller
 * waits until its own row is written.
 */
export function inBatches<T>(write: (rows: T[]) => Promise<void>): (row: T) => Promise<void> {
  let waiting: { row: T; done: PromiseWithResolvers<void> }[] = []
  let writing = false
  return (row) => {
    const done = Promise.withResolvers<void>()
    waiting.push({ row, done })
    if (!writing) void writeAll()
    return done.promise
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length) {
      const batch = waiting
      waiting = []
      try {
        await write(batch.map(({ row }) => row))
        for (const { done } of batch) done.resolve()
      } catch (error) {
        for (const { done } of batch) done.reject(error)
      }
    }
    writing = false
  }
}
