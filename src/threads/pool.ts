import type { PageTask } from '../parsing/article.ts'
import type { ParseHints, ParseOutcome } from '../parsing/parse-feed.ts'
import { inItsLanguage } from '../reading/rules/languages/detect-language.ts'
import type { Reading, Source, TopicRule } from '../reading/rules/types.ts'
import { shareRules } from './shared-rules.ts'
import { openReaderThreads, type ReaderThreads, threadMemoryMb } from './threads.ts'

type ReadOutcome = { kind: 'read'; reading: Reading } | { kind: 'unreadable'; reason: string }
/** `html` is null where no article could be found in the page. */
type ArticleOutcome = { kind: 'article'; html: string | null } | { kind: 'unreadable'; reason: string }

/**
 * How far a feed is trusted. `trusted`: its last document was read well; `suspect`: its last document crashed a thread.
 */
export type Trust = 'trusted' | 'untrusted' | 'suspect'

/**
 * How to parse a document. `beforeWait` is called before the document waits for a thread that all feeds of its trust
 * level share. `transfer` moves the bytes to the thread, where the caller has no more use for them, instead of copying
 * them.
 */
type ParseTerms = {
  trust?: Trust | undefined
  beforeWait?: (() => void) | undefined
  transfer?: boolean | undefined
}

/**
 * Threads that parse and read texts from outside: a hostile text crashes its own thread and nothing else. What `close`
 * ends rejects: it is no fault of the text.
 */
export type ReaderPool = {
  parse(body: Uint8Array, hints: ParseHints & ParseTerms): Promise<ParseOutcome>
  read(source: Source, rules: TopicRule[]): Promise<ReadOutcome>
  article(page: PageTask): Promise<ArticleOutcome>
  close(): Promise<void>
}

/**
 * `size` threads for trusted feeds, one for untrusted feeds, and one for suspect feeds and large documents: a feed that
 * crashes a thread delays only feeds of the same trust level. The latter two threads have a low priority. A task that
 * uses more than `parseTimeoutMs` of processor time is killed with its thread.
 */
export function createReaderPool({ size = 2, parseTimeoutMs = 5000 } = {}): ReaderPool {
  const trusted = openReaderThreads(size)
  const untrusted = openReaderThreads(1, { lowPriority: true })
  const suspect = openReaderThreads(1, { lowPriority: true })
  const threadsFor = (body: Uint8Array, trust: ParseTerms['trust']): ReaderThreads => {
    if (trust === 'suspect' || body.byteLength > largeBody) return suspect
    return trust === 'untrusted' ? untrusted : trusted
  }
  let isClosed = false
  const unreadable = (error: Error) => {
    if (isClosed) throw new Error('The threads are closed.', { cause: error })
    return { kind: 'unreadable', reason: reasonOf(error, parseTimeoutMs) } as const
  }
  return {
    parse(body, { trust, beforeWait, transfer, ...hints }) {
      const threads = threadsFor(body, trust)
      if (threads !== trusted) beforeWait?.()
      return threads
        .run({ kind: 'parse', body, transfer, hints }, parseTimeoutMs)
        .then((outcome) => outcome as ParseOutcome, unreadable)
    },
    async read(written, rules) {
      // Here and not in each thread, as the detector takes 30 MB.
      const source = await inItsLanguage(written)
      return trusted
        .run({ kind: 'read', source, rules: shareRules(rules) }, parseTimeoutMs)
        .then((reading) => ({ kind: 'read', reading: reading as Reading }), unreadable)
    },
    article: (page) =>
      trusted
        .run({ kind: 'article', ...page }, parseTimeoutMs)
        .then((html) => ({ kind: 'article', html: html as string | null }), unreadable),
    async close() {
      isClosed = true
      await Promise.all([trusted.close(), untrusted.close(), suspect.close()])
    },
  }
}

/** Above this size, in bytes, a document is parsed in the thread of suspect feeds. */
const largeBody = 1_000_000

function reasonOf(error: Error, timeoutMs: number): string {
  if (error.name === 'AbortError') return `the document could not be read within ${timeoutMs / 1000} s`
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return `the document needs more than ${threadMemoryMb} MB to be read`
  return `reading the document failed: ${error.message}`
}

/** Whether a reason says that a document crashed its thread. Older reasons begin with "it". */
export const brokeThread = (reason: string | null): boolean =>
  /^(?:the document|it) (?:could not be read within|needs more than)/.test(reason ?? '')
