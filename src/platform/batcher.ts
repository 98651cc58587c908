/**
 * Gathers rows while the batch before them is being written, so that many small writes become few large ones. `write` gives
 * the result of each row, in order. The rows of a batch that fails are written one by one, so that one bad row fails alone.
 */
export function createBatcher<Row, Result>(
  write: (rows: Row[]) => Promise<Result[]>,
  maxBatch: number,
): (row: Row) => Promise<Result> {
  type Waiting = { row: Row; done: PromiseWithResolvers<Result> }
  const waiting: Waiting[] = []
  let writing = false
  return (row) => {
    const done = Promise.withResolvers<Result>()
    waiting.push({ row, done })
    if (!writing) void writeAll()
    return done.promise
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length) {
      const batch = waiting.splice(0, maxBatch)
      if (!(await writeBatch(batch))) for (const one of batch) await writeBatch([one])
    }
    writing = false
  }

  async function writeBatch(batch: Waiting[]): Promise<boolean> {
    try {
      const results = await write(batch.map(({ row }) => row))
      for (const [n, { done }] of batch.entries()) done.resolve(results[n] as Result)
    } catch (error) {
      if (batch.length > 1) return false
      for (const { done } of batch) done.reject(error)
    }
    return true
  }
}

/** A batcher for each database; `write` gets the owner that asked first for the batcher of its database. */
export function batcherPerDb<Owner extends { db: object }, Row, Result>(
  write: (owner: Owner, rows: Row[]) => Promise<Result[]>,
  maxBatch: number,
): (owner: Owner) => (row: Row) => Promise<Result> {
  const batchers = new WeakMap<object, (row: Row) => Promise<Result>>()
  return (owner) => {
    const batcher = batchers.get(owner.db) ?? createBatcher((rows) => write(owner, rows), maxBatch)
    batchers.set(owner.db, batcher)
    return batcher
  }
}
