import { Piscina } from 'piscina'
import { processorTime, type TaskStart } from './processor-time.ts'
import type { ReaderResult, ReaderTask } from './thread.ts'

/** Threads for tasks of one kind; a task may crash the thread that it runs in. */
export type TaskThreads<Task extends object, Result> = {
  /**
   * Rejects when the task crashed its thread or used more than `timeoutMs` of processor time. The memory in `transfer` moves to
   * the thread instead of being copied.
   */
  run(task: Task, timeoutMs: number, transfer?: ArrayBuffer[]): Promise<Result>
  close(): Promise<void>
}
export type ReaderThreads = Omit<TaskThreads<ReaderTask, ReaderResult>, 'run'> & {
  run(task: ReaderTask, timeoutMs: number): Promise<ReaderResult>
}

/** The old generation of a thread: topics and places take some 20 MB of it, and a report of 12,000 passages another 30. */
export const threadMemoryMb = 80

/**
 * Up to `maxThreads` threads of 80 MB each, started when the first task comes. Threads of low priority get the
 * processor when nothing else needs it (nice(2), where the system has it).
 */
export function openReaderThreads(maxThreads: number, { lowPriority = false } = {}): ReaderThreads {
  const file = new URL('./thread.ts', import.meta.url)
  const threads = openThreads<ReaderTask, ReaderResult>(file, { maxThreads, lowPriority })
  return { run: (task, timeoutMs) => threads.run(task, timeoutMs, transferredBuffers(task)), close: threads.close }
}

/** Threads that run the default function of a file. It must call `markStart` with each task first. */
export function openThreads<Task extends object, Result>(
  file: URL,
  options: { maxThreads: number; lowPriority: boolean },
): TaskThreads<Task, Result> {
  let threads: Threads | undefined
  const open = (): Threads => {
    threads ??= startThreads(file, options)
    return threads
  }
  return {
    run: (task, timeoutMs, transfer = []) => run(open(), task, { timeoutMs, transfer }) as Promise<Result>,
    close: async () => threads?.destroy(),
  }
}

type Threads = Piscina<object & TaskStart, unknown>

/** Keeps one thread at least: only then does Piscina replace a killed thread for the tasks that wait. */
function startThreads(file: URL, { maxThreads, lowPriority }: { maxThreads: number; lowPriority: boolean }): Threads {
  const threads: Threads = new Piscina({
    filename: file.href,
    minThreads: 1,
    maxThreads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: threadMemoryMb, maxYoungGenerationSizeMb: 16 },
    niceIncrement: lowPriority ? 10 : 0,
  })
  threads.on('error', () => {}) // A thread died after its task was aborted: that task has its outcome.
  return threads
}

/** Piscina's types are older than Node's, which describe a transfer list in another way. */
type TransferList = NonNullable<Parameters<Piscina['run']>[1]>['transferList']

async function run(
  threads: Threads,
  task: object,
  { timeoutMs, transfer }: { timeoutMs: number; transfer: ArrayBuffer[] },
): Promise<unknown> {
  const start = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT))
  const abort = new AbortController()
  const endWatch = watchTime(threads, start, timeoutMs, () => abort.abort())
  try {
    const transferList = transfer as unknown as TransferList
    return await threads.run({ ...task, start }, { transferList, signal: abort.signal })
  } finally {
    endWatch()
  }
}

/**
 * Calls `abort` when a task has used so much processor time, or has not ended in twelve times as long: a busy machine makes no
 * text hostile. Waiting for a thread does not count. Returns the function that ends the watch.
 */
function watchTime(threads: Threads, start: Float64Array, timeoutMs: number, abort: () => void): () => void {
  let firstCheck: number | undefined
  let hasEnded = false
  const check = async () => {
    if (start[0] && firstCheck === undefined) firstCheck = performance.now()
    const usedMs = start[0] ? await processorMs(threads, start) : 0
    if (hasEnded) return
    const isTooLong = firstCheck !== undefined && performance.now() - firstCheck > maxWait * timeoutMs
    if (usedMs >= timeoutMs || isTooLong) abort()
    else timer = setTimeout(check, Math.max(minCheckMs, timeoutMs - usedMs))
  }
  let timer = setTimeout(check, timeoutMs)
  return () => {
    hasEnded = true
    clearTimeout(timer)
  }
}

const maxWait = 12
const minCheckMs = 20

/** The processor time since a task's start, in milliseconds; without end where the thread is gone or does not say. */
async function processorMs({ threads }: Threads, [id, before = 0]: Float64Array): Promise<number> {
  const thread = threads.find(({ threadId }) => threadId === id)
  if (!thread) return Number.POSITIVE_INFINITY
  const silence = new Promise<null>((resolve) => setTimeout(resolve, maxSilenceMs, null).unref())
  const used = await Promise.race([thread.cpuUsage().catch(() => null), silence])
  return used ? (processorTime(used) - before) / 1_000 : Number.POSITIVE_INFINITY
}

const maxSilenceMs = 5_000

/** The memory that moves to the thread. A body that shares its memory with others is copied instead. */
function transferredBuffers(task: ReaderTask): ArrayBuffer[] {
  if (task.kind !== 'parse' || !task.transfer) return []
  const { buffer, byteLength } = task.body
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
