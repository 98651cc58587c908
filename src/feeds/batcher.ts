/**
 * Gathers rows while the ones before them are being written, so that many small writes become few large ones; each caller
 * gets what became of its own row. A batch that fails is written again row by row, so that one bad row fails alone.
 */
export function createBatcher<T, R = void>(write: (rows: T[]) => Promise<R[]>, most = 200): (row: T) => Promise<R> {
  const waiting: { row: T; done: PromiseWithResolvers<R> }[] = []
  let writing = false
  return (row) => {
    const done = Promise.withResolvers<R>()
    waiting.push({ row, done })
    if (!writing) void writeAll()
    return done.promise
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length) {
      const batch = waiting.splice(0, most)
      if (!(await settle(batch))) for (const one of batch) await settle([one])
    }
    writing = false
  }

  async function settle(batch: typeof waiting): Promise<boolean> {
    try {
      const results = await write(batch.map(({ row }) => row))
      batch.forEach(({ done }, n) => void done.resolve(results[n]!))
    } catch (error) {
      if (batch.length > 1) return false
      batch[0]!.done.reject(error)
    }
    return true
  }
}
