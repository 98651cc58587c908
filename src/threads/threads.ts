import { Piscina } from 'piscina'
import type { ReaderResult, ReaderTask, StartTime } from './thread.ts'

/** Threads for tasks of one kind; a task may crash the thread that it runs in. */
export type ReaderThreads = {
  /** Rejects when the task crashed its thread or ran longer than `timeoutMs`. */
  run(task: ReaderTask, timeoutMs: number): Promise<ReaderResult>
  close(): Promise<void>
}

/** The old generation of a thread: topics and places take some 20 MB of it, and a report of 12,000 passages another 30. */
export const threadMemoryMb = 80

/**
 * Up to `maxThreads` threads of 80 MB each, started when the first task comes. Threads of low priority get the
 * processor when nothing else needs it (nice(2), where the system has it).
 */
export function openReaderThreads(maxThreads: number, { lowPriority = false } = {}): ReaderThreads {
  let threads: Threads | undefined
  const open = (): Threads => {
    threads ??= startThreads(maxThreads, lowPriority ? 10 : 0)
    return threads
  }
  return { run: (task, timeoutMs) => run(open(), task, timeoutMs), close: async () => threads?.destroy() }
}

type Threads = Piscina<ReaderTask & StartTime, ReaderResult>

/** Keeps one thread at least: only then does Piscina replace a killed thread for the tasks that wait. */
function startThreads(maxThreads: number, niceIncrement: number): Threads {
  const threads: Threads = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: threadMemoryMb, maxYoungGenerationSizeMb: 16 },
    niceIncrement,
  })
  threads.on('error', () => {}) // A thread died after its task was aborted: that task has its outcome.
  return threads
}

/** Piscina's types are older than Node's, which describe a transfer list in another way. */
type TransferList = NonNullable<Parameters<Piscina['run']>[1]>['transferList']

/** Measures the time limit from the moment at which the thread starts the task: neither waiting nor starting counts. */
async function run(threads: Threads, task: ReaderTask, timeoutMs: number): Promise<ReaderResult> {
  const startedAt = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  const abort = new AbortController()
  const check = () => {
    const [start = 0] = startedAt
    const leftMs = start ? start + timeoutMs - (performance.timeOrigin + performance.now()) : timeoutMs
    if (leftMs > 0) timer = setTimeout(check, leftMs)
    else abort.abort()
  }
  let timer = setTimeout(check, timeoutMs)
  try {
    const transferList = transferredBuffers(task) as unknown as TransferList
    return await threads.run({ ...task, startedAt }, { transferList, signal: abort.signal })
  } finally {
    clearTimeout(timer)
  }
}

/** The memory that moves to the thread. A body that shares its memory with others is copied instead. */
function transferredBuffers(task: ReaderTask): ArrayBuffer[] {
  if (task.kind !== 'parse' || !task.transfer) return []
  const { buffer, byteLength } = task.body
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
