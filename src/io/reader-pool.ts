import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Reading, Source, TopicRule } from '../domain/reading/types.ts'
import type { PageTask } from './full-page.ts'
import type { ParseHints, ParseOutcome } from './parse-feed.ts'
import type { Begun, ReaderAnswer, ReaderTask } from './reader-thread.ts'

export type ReadOutcome = { kind: 'read'; reading: Reading } | { kind: 'unreadable'; reason: string }
/** `html` is null where a page has no article that could be told from the site around it. */
export type ArticleOutcome = { kind: 'article'; html: string | null } | { kind: 'unreadable'; reason: string }

/** Threads that parse and read what strangers wrote: a poison text costs its own thread and nothing else. */
export type ReaderPool = {
  parse(body: Uint8Array, hints: ParseHints & { suspect?: boolean }): Promise<ParseOutcome>
  read(source: Source, rules: TopicRule[]): Promise<ReadOutcome>
  article(page: PageTask): Promise<ArticleOutcome>
  close(): Promise<void>
}

/**
 * `size` threads of 64 MB each; a task that runs longer than `parseTimeoutMs` is killed with its thread. Bodies that are
 * large, or `suspect` because they broke a thread before, queue for one more thread of their own: they delay each other only.
 */
export function createReaderPool({ size = 2, parseTimeoutMs = 5000 } = {}): ReaderPool {
  const pool = openThreads(size)
  let quarantine: Threads | undefined
  const threadsFor = (body: Uint8Array, suspect = false): Threads => {
    if (!suspect && body.byteLength <= largeBody) return pool
    quarantine ??= openThreads(1)
    return quarantine
  }
  const unreadable = (error: Error) => ({ kind: 'unreadable', reason: reasonOf(error, parseTimeoutMs) }) as const
  return {
    parse: (body, { suspect, ...hints }) => {
      const task = { kind: 'parse', body, hints } as const
      return run(threadsFor(body, suspect), task, parseTimeoutMs).then((outcome) => outcome as ParseOutcome, unreadable)
    },
    read: (source, rules) =>
      run(pool, { kind: 'read', source, rules: asJson(rules) }, parseTimeoutMs).then(
        (reading) => ({ kind: 'read', reading: reading as Reading }),
        unreadable,
      ),
    article: (page) =>
      run(pool, { kind: 'article', ...page }, parseTimeoutMs).then(
        (html) => ({ kind: 'article', html: html as string | null }),
        unreadable,
      ),
    async close() {
      await Promise.all([pool.destroy(), quarantine?.destroy()])
    },
  }
}

const largeBody = 1_000_000

/** At least one, always: after a killed thread only that makes a new one for the tasks that wait. */
function openThreads(most: number): Threads {
  const threads: Threads = new Piscina({
    filename: new URL('./reader-thread.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: most,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 },
  })
  threads.on('error', () => {}) // a thread that dies after its task was given up: that task has its outcome
  return threads
}

/** True for the reasons that say that a body broke its thread. */
export const brokeThread = (reason: string | null): boolean =>
  /^it (?:could not be read within|needs more than)/.test(reason ?? '')

const written = new WeakMap<TopicRule[], string>()

/** Rules as text, once for all the reports of a batch: text is handed to a thread far quicker than objects are. */
function asJson(rules: TopicRule[]): string {
  const json = written.get(rules) ?? JSON.stringify(rules)
  written.set(rules, json)
  return json
}

/** Piscina's types are older than Node's, where a message takes its transfer list in another form. */
type TransferList = NonNullable<Parameters<Piscina['run']>[1]>['transferList']
type Threads = Piscina<ReaderTask & Begun, ReaderAnswer>

/** The time counts from the thread's word that it begins: neither the queue nor the start of a thread is the text's fault. */
async function run(pool: Threads, task: ReaderTask, timeoutMs: number): Promise<ReaderAnswer> {
  const { port1, port2: begun } = new MessageChannel()
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  port1.once('message', () => {
    timer = setTimeout(() => abort.abort(), timeoutMs)
  })
  try {
    return await pool.run(
      { ...task, begun },
      { transferList: [begun] as unknown as TransferList, signal: abort.signal },
    )
  } finally {
    clearTimeout(timer)
    port1.close()
  }
}

function reasonOf(error: Error, timeoutMs: number): string {
  if (error.name === 'AbortError') return `it could not be read within ${timeoutMs / 1000} s`
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it needs more than 64 MB to be read'
  return `reading it failed: ${error.message}`
}
