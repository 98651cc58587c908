import type { App } from '../app.ts'
import { retryForever } from '../platform/retry-forever.ts'
import { type Begin, type ClaimResult, recordAndBegin } from './store/record-and-begin.ts'

/** The ledger as connections use it: one commit for all that come to it while the commit before is on its way. */
export type LedgerWriter = {
  /** Records the result of one mail and says submitted for the next one, in one commit. */
  write(result: ClaimResult | undefined, begin?: Begin): Promise<Written>
}

/** `begun`: the next mail may be sent. `followUp` resolves when all that follows from the result has happened. */
export type Written = { begun: boolean; followUp: Promise<void> }

/** Maximum time that a batch waits for the results of the batch before it. */
const awaitResultsMs = 5

type Entry = { result: ClaimResult | undefined; begin: Begin | undefined; resolve(written: Written): void }

/** `awaited`: mails that the last commit began and that have no result yet, while it is worth waiting for them. */
type Writer = {
  app: App
  signal: AbortSignal
  follow(result: ClaimResult): Promise<void>
  entries: Entry[]
  committing: boolean
  awaited: Set<number>
  timer: NodeJS.Timeout | undefined
}

/**
 * Commits one batch at a time: a commit costs the database the same for one mail as for ten, and connections that come back
 * together share it. While the database is away nothing is begun, and known results wait for it: they must reach the
 * ledger, or this worker's lease ends them. `signal` stops the beginning, not the recording. `follow` is called for each
 * result once the ledger has it.
 */
export function createLedgerWriter(
  app: App,
  signal: AbortSignal,
  follow: (result: ClaimResult) => Promise<void>,
): LedgerWriter {
  const writer: Writer = {
    app,
    signal,
    follow,
    entries: [],
    committing: false,
    awaited: new Set(),
    timer: undefined,
  }
  return {
    write(result, begin) {
      const { promise, resolve } = Promise.withResolvers<Written>()
      writer.entries.push({ result, begin, resolve })
      if (result) writer.awaited.delete(result.claim.id)
      setImmediate(commitNext, writer) // a moment later, so that results that came in one read share a commit
      return promise
    },
  }
}

async function commitNext(writer: Writer): Promise<void> {
  const { app, awaited, committing, entries } = writer
  if (committing || !entries.length || awaited.size) return
  writer.entries = []
  writer.committing = true
  clearTimeout(writer.timer)
  const begun = await retryForever(app, { mails: entries.length }, () => commit(writer, entries))
  writer.committing = false
  writer.awaited = new Set(begun)
  writer.timer = setTimeout(awaitNoLonger, awaitResultsMs, writer)
  for (const { result, begin, resolve } of entries) {
    resolve({
      begun: begin !== undefined && begun.has(begin.claim.id),
      followUp: result ? writer.follow(result) : done,
    })
  }
  commitNext(writer)
}

const done = Promise.resolve()

async function commit({ app, signal }: Writer, entries: Entry[]): Promise<Set<number>> {
  const results = entries.flatMap(({ result }) => result ?? [])
  const begins = signal.aborted ? [] : entries.flatMap(({ begin }) => begin ?? [])
  if (!results.length && !begins.length) return new Set()
  return recordAndBegin(app.ledger, app.worker.id, app.now(), results, begins)
}

function awaitNoLonger(writer: Writer): void {
  writer.awaited = new Set()
  commitNext(writer)
}
