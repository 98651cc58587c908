import type { App } from '../app.ts'
import { retryForever } from './retry-forever.ts'
import { type Begin, type ClaimResult, recordAndBegin } from './store/record-and-begin.ts'

/** The ledger as the lanes use it: one commit for all that come to it while the one before is on its way. */
export type LedgerWriter = {
  /** Records the answer to one mail and says submitted for the next; true when that one may be begun. */
  take(answer: ClaimResult | undefined, begin?: Begin): Promise<boolean>
}

/** So long a commit waits for the mails that the one before it began. */
const patienceMs = 5

type Waiting = { answer?: ClaimResult | undefined; begin?: Begin | undefined; resolve(begun: boolean): void }

/**
 * Gathers turns, and commits one batch at a time: a commit costs the database the same for one mail as for ten, and lanes
 * that come back together share it. While the database is away nothing is begun, and answers that are known wait for it:
 * they must reach the ledger, and this worker's lease ends them if they cannot. `signal` stops the beginning, not the
 * recording.
 */
export function createLedgerWriter(app: App, signal: AbortSignal): LedgerWriter {
  let waiting: Waiting[] = []
  let flying = false
  /** What the last commit began and has no answer yet, while it is worth waiting for. */
  let awaited = new Set<number>()
  let patience: NodeJS.Timeout | undefined

  async function depart(): Promise<void> {
    if (flying || !waiting.length || awaited.size) return
    const batch = waiting
    waiting = []
    flying = true
    clearTimeout(patience)
    const begun = await retryForever(app, { turns: batch.length }, () => settle(batch))
    flying = false
    awaited = new Set(begun)
    patience = setTimeout(hurry, patienceMs)
    for (const { begin, resolve } of batch) resolve(begin !== undefined && begun.has(begin.claim.id))
    depart()
  }

  function hurry(): void {
    awaited = new Set()
    depart()
  }

  async function settle(batch: Waiting[]): Promise<Set<number>> {
    const answers = batch.flatMap(({ answer }) => answer ?? [])
    const begins = signal.aborted ? [] : batch.flatMap(({ begin }) => begin ?? [])
    if (!answers.length && !begins.length) return new Set()
    return recordAndBegin(app.ledger, app.worker.id, app.now(), answers, begins)
  }

  return {
    take(answer, begin) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      waiting.push({ answer, begin, resolve })
      if (answer) awaited.delete(answer.claim.id)
      // A moment later, so that lanes whose answers came in one breath share a commit.
      setImmediate(depart)
      return promise
    },
  }
}
