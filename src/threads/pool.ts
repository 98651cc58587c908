import type { PageTask } from '../parsing/article.ts'
import type { ParseHints, ParseOutcome } from '../parsing/parse-feed.ts'
import type { Reading, Source, TopicRule } from '../reading/rules/types.ts'
import { openReaderThreads, type ReaderThreads } from './threads.ts'

export type ReadOutcome = { kind: 'read'; reading: Reading } | { kind: 'unreadable'; reason: string }
/** `html` is null where a page has no article that could be told from the site around it. */
export type ArticleOutcome = { kind: 'article'; html: string | null } | { kind: 'unreadable'; reason: string }

/** What is known about the giver of a document. `trusted`: its last one was read well; `suspect`: its last one broke a thread. */
export type Trust = 'trusted' | 'untrusted' | 'suspect'

/**
 * `stepAside` is called when the document has to wait for a thread that strangers share; `spent` gives its bytes away.
 */
export type ParseTerms = {
  trust?: Trust | undefined
  stepAside?: (() => void) | undefined
  spent?: boolean | undefined
}

/** Threads that parse and read what strangers wrote: a poison text costs its own thread and nothing else. */
export type ReaderPool = {
  parse(body: Uint8Array, hints: ParseHints & ParseTerms): Promise<ParseOutcome>
  read(source: Source, rules: TopicRule[]): Promise<ReadOutcome>
  article(page: PageTask): Promise<ArticleOutcome>
  close(): Promise<void>
}

/**
 * `size` threads for those who are proven, one for newcomers, one for what is large or suspect: who breaks a thread delays
 * only his like. The latter two yield the processor. A task that runs longer than `parseTimeoutMs` is killed with its thread.
 */
export function createReaderPool({ size = 2, parseTimeoutMs = 5000 } = {}): ReaderPool {
  const house = openReaderThreads(size)
  const newcomers = openReaderThreads(1, { nice: true })
  const quarantine = openReaderThreads(1, { nice: true })
  const threadsFor = (body: Uint8Array, trust: ParseTerms['trust']): ReaderThreads => {
    if (trust === 'suspect' || body.byteLength > largeBody) return quarantine
    return trust === 'untrusted' ? newcomers : house
  }
  const unreadable = (error: Error) => ({ kind: 'unreadable', reason: reasonOf(error, parseTimeoutMs) }) as const
  return {
    parse(body, { trust, stepAside, spent, ...hints }) {
      const threads = threadsFor(body, trust)
      if (threads !== house) stepAside?.()
      return threads
        .run({ kind: 'parse', body, spent, hints }, parseTimeoutMs)
        .then((outcome) => outcome as ParseOutcome, unreadable)
    },
    read: (source, rules) =>
      house
        .run({ kind: 'read', source, rules: asJson(rules) }, parseTimeoutMs)
        .then((reading) => ({ kind: 'read', reading: reading as Reading }), unreadable),
    article: (page) =>
      house
        .run({ kind: 'article', ...page }, parseTimeoutMs)
        .then((html) => ({ kind: 'article', html: html as string | null }), unreadable),
    async close() {
      await Promise.all([house.close(), newcomers.close(), quarantine.close()])
    },
  }
}

const largeBody = 1_000_000

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

function reasonOf(error: Error, timeoutMs: number): string {
  if (error.name === 'AbortError') return `it could not be read within ${timeoutMs / 1000} s`
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it needs more than 64 MB to be read'
  return `reading it failed: ${error.message}`
}
