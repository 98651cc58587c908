import { Piscina } from 'piscina'
import type { Reading, Source, TopicRule } from '../domain/reading/types.ts'
import type { ParseHints, ParseOutcome } from './parse-feed.ts'
import type { ReaderTask } from './reader-thread.ts'
import { createTurns } from './turns.ts'

export type ReadOutcome = { kind: 'read'; reading: Reading } | { kind: 'unreadable'; reason: string }

/** Threads that parse and read what strangers wrote: a poison text costs its own thread and nothing else. */
export type ReaderPool = {
  parse(body: Uint8Array, hints: ParseHints): Promise<ParseOutcome>
  read(source: Source, rules: TopicRule[]): Promise<ReadOutcome>
  close(): Promise<void>
}

/** `size` threads of 64 MB each; a task that runs longer than `parseTimeoutMs` is killed with its thread. */
export function createReaderPool({
  size = 2,
  parseTimeoutMs = 5000,
}: {
  size?: number
  parseTimeoutMs?: number
} = {}): ReaderPool {
  const pool = new Piscina<ReaderTask, ParseOutcome | Reading>({
    filename: new URL('./reader-thread.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: size,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  })
  pool.on('error', () => {}) // a thread that dies after its task was given up: that task has its outcome
  const turns = createTurns(size)
  const run = (task: ReaderTask) =>
    // The time counts from the start of the work, not of the wait: hence turns before the pool's own queue.
    turns(() => pool.run(task, { signal: AbortSignal.timeout(parseTimeoutMs) }))
  return {
    parse: (body, hints) =>
      run({ kind: 'parse', body, hints }).then((outcome) => outcome as ParseOutcome, unreadable(parseTimeoutMs)),
    read: (source, rules) =>
      run({ kind: 'read', source, rules }).then(
        (reading) => ({ kind: 'read', reading: reading as Reading }),
        unreadable(parseTimeoutMs),
      ),
    close: () => pool.destroy(),
  }
}

function unreadable(timeoutMs: number): (error: Error) => { kind: 'unreadable'; reason: string } {
  return (error) => ({ kind: 'unreadable', reason: reasonOf(error, timeoutMs) })
}

function reasonOf(error: Error, timeoutMs: number): string {
  if (error.name === 'AbortError') return `it could not be read within ${timeoutMs / 1000} s`
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it needs more than 64 MB to be read'
  return `reading it failed: ${error.message}`
}
