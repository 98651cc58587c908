import { Piscina } from 'piscina'
import type { Begun, ReaderResult, ReaderTask } from './thread.ts'

/** Threads that one kind of work shares; a task may end with the thread that it runs on. */
export type ReaderThreads = {
  /** Rejects when the task broke its thread or took longer than `timeoutMs`. */
  run(task: ReaderTask, timeoutMs: number): Promise<ReaderResult>
  close(): Promise<void>
}

/**
 * At most so many threads of 64 MB each, made when they are needed; `nice` ones get the processor when nobody else wants it
 * (nice(2), where the system has it).
 */
export function openReaderThreads(most: number, { nice = false } = {}): ReaderThreads {
  let threads: Threads | undefined
  const open = (): Threads => {
    threads ??= startThreads(most, nice ? 10 : 0)
    return threads
  }
  return { run: (task, timeoutMs) => run(open(), task, timeoutMs), close: async () => threads?.destroy() }
}

type Threads = Piscina<ReaderTask & Begun, ReaderResult>

/** At least one, always: after a killed thread only that makes a new one for the tasks that wait. */
function startThreads(most: number, niceIncrement: number): Threads {
  const threads: Threads = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: most,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 },
    niceIncrement,
  })
  threads.on('error', () => {}) // a thread that dies after its task was given up: that task has its outcome
  return threads
}

/** Piscina's types are older than Node's, where a message takes its transfer list in another form. */
type TransferList = NonNullable<Parameters<Piscina['run']>[1]>['transferList']

/** The time counts from the moment at which the thread began: neither the queue nor the start of a thread is the text's fault. */
async function run(threads: Threads, task: ReaderTask, timeoutMs: number): Promise<ReaderResult> {
  const begun = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  const abort = new AbortController()
  const check = () => {
    const at = begun[0]!
    const leftMs = at ? at + timeoutMs - (performance.timeOrigin + performance.now()) : timeoutMs
    if (leftMs > 0) timer = setTimeout(check, leftMs)
    else abort.abort()
  }
  let timer = setTimeout(check, timeoutMs)
  try {
    const transferList = givenAway(task) as unknown as TransferList
    return await threads.run({ ...task, begun }, { transferList, signal: abort.signal })
  } finally {
    clearTimeout(timer)
  }
}

/** A body that its owner is done with moves to the thread; one that shares its memory with others is copied. */
function givenAway(task: ReaderTask): ArrayBuffer[] {
  if (task.kind !== 'parse' || !task.spent) return []
  const { buffer, byteLength } = task.body
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
