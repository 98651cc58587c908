/** The processor time that some work takes in this thread, in milliseconds: what else the machine does is not in it. */
export function processorMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/**
 * How many times as long some work takes with an input of sixteen times the size: about 16 where its time is linear, about 256
 * where it is quadratic. Short work counts as `noiseMs`, which the compiler and the memory of the process may take.
 */
export function growthOf(work: (size: number) => unknown, size: number): number {
  work(size)
  const short = Math.max(
    noiseMs,
    processorMs(() => work(size)),
  )
  return processorMs(() => work(16 * size)) / short
}

const noiseMs = 15
