/** The processor time that some work takes in this thread, in milliseconds: what else the machine does is not in it. */
export function processorMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/**
 * How many times as long some work takes with an input of sixteen times the size: at most about 16 where its time is linear,
 * about 256 where it is quadratic. Short work counts as `noiseMs`, which the compiler and the memory of the process may take.
 */
export async function growthOf(work: (size: number) => unknown, size: number): Promise<number> {
  await work(size)
  const short = Math.max(noiseMs, await processorTimeOf(() => work(size)))
  return (await processorTimeOf(() => work(16 * size))) / short
}

/** Growth that is surely not quadratic. */
export const maxLinearGrowth = 30

const noiseMs = 15

async function processorTimeOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
