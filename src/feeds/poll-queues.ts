import type { App } from '../app.ts'
import { perApp } from './per-app.ts'
import type { FeedTrust } from './rules/trust.ts'
import { type Feed, freeForgotten } from './store/feeds.ts'

/**
 * Places for feeds of one trust, in this process. `busy` are the polls that are under way, of which those `aside` have been
 * asked and take no place (each with the bytes that it holds); `reserve` is claimed and waits for a place.
 */
export type PollQueue = {
  trust: FeedTrust
  atOnce: number
  busy: Map<number, Promise<unknown>>
  aside: Map<number, number>
  reserve: Feed[]
  /** When it may begin one although others go first. */
  nextTurn: number
}

/** Doubtful feeds get a turn so often, however many proven ones there are. */
const turnMs = 5_000

/** What waits is held in memory: beyond this, polls keep their places. */
const mostAside = { polls: 200, bytes: 16_000_000 }

const lanesOf = perApp(() => [openPollQueue('trusted', 20), openPollQueue('untrusted', 10)])

/** The queues of this process. A claim whose poll could not be recorded, as when the database was away, is given back first. */
export async function openPollQueues(app: App): Promise<PollQueue[]> {
  const queues = lanesOf(app)
  const held = queues.flatMap(({ busy, reserve }) => [...busy.keys(), ...reserve.map(({ id }) => id)])
  await freeForgotten(app.db, app.worker.id, held)
  return queues
}

const openPollQueue = (trust: FeedTrust, atOnce: number): PollQueue => ({
  ...{ trust, atOnce, busy: new Map(), aside: new Map(), reserve: [], nextTurn: 0 },
})

/** How many polls may begin; while proven feeds wait, a doubtful one begins only now and then. */
export function freePlaces(queue: PollQueue, queues: PollQueue[]): number {
  const free = queue.atOnce - (queue.busy.size - queue.aside.size)
  if (free <= 0 || !queue.reserve.length) return 0
  const yields =
    queue.trust === 'untrusted' && queues.some(({ trust, reserve }) => trust === 'trusted' && reserve.length)
  const now = performance.now()
  if (yields && now < queue.nextTurn) return 0
  queue.nextTurn = now + turnMs
  return yields ? 1 : free
}

/** Gives up the place of a feed that has been asked and holds so many bytes; false when too much is aside already. */
export function stepAside({ aside }: PollQueue, feed: number, bytes: number): boolean {
  const held = aside.values().reduce((sum, each) => sum + each, bytes)
  if (aside.size >= mostAside.polls || held > mostAside.bytes) return false
  aside.set(feed, bytes)
  return true
}
