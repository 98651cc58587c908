import type { App } from '../app.ts'
import { type Answer, type Begin, takeTurns } from '../store/turns.ts'
import { insist } from './insist.ts'

/** The ledger as the lanes use it: one commit for all that come to it while the one before is on its way. */
export type Turns = {
  /** Records the answer to one mail and says submitted for the next; true when that one may be begun. */
  take(answer: Answer | undefined, begin?: Begin): Promise<boolean>
}

const mostFlights = 2
const worthAFlight = 4

type Waiting = { answer?: Answer; begin?: Begin; resolve(begun: boolean): void }

/**
 * Gathers turns. While the database is away nothing is begun, and answers that are known wait for it: they must reach the
 * ledger, and this worker's lease ends them if they cannot. `signal` stops the beginning, not the recording.
 */
export function createTurns(app: App, signal: AbortSignal): Turns {
  let waiting: Waiting[] = []
  let flights = 0

  /** One commit waits for the disk while the next is prepared; a small one is not worth a commit of its own. */
  function depart(): void {
    if (!waiting.length || flights >= mostFlights || (flights && waiting.length < worthAFlight)) return
    const batch = waiting
    waiting = []
    flights++
    fly(batch).finally(() => {
      flights--
      depart()
    })
  }

  async function fly(batch: Waiting[]): Promise<void> {
    const begun = await insist(
      () => settle(batch),
      (error) => app.log.warn({ err: error, turns: batch.length }, 'ledger out of reach'),
    )
    for (const { begin, resolve } of batch) resolve(begin !== undefined && begun.has(begin.claim.id))
  }

  async function settle(batch: Waiting[]): Promise<Set<number>> {
    const answers = batch.flatMap(({ answer }) => answer ?? [])
    const begins = signal.aborted ? [] : batch.flatMap(({ begin }) => begin ?? [])
    if (!answers.length && !begins.length) return new Set()
    return takeTurns(app.ledger, app.worker.id, app.now(), answers, begins)
  }

  return {
    take(answer, begin) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      waiting.push({ answer, begin, resolve })
      // A moment later, so that lanes whose answers came in one breath share a commit.
      if (waiting.length === 1) setImmediate(depart)
      else if (flights) depart()
      return promise
    },
  }
}
