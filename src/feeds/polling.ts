import type { Fetcher } from '../http/fetch.ts'
import { createNetworkCheck, type NetworkCheck } from './network-check.ts'
import { createPollRecorder, type PollRecorder } from './poll-recorder.ts'
import type { PollContext } from './record-responses.ts'
import { type FeedTrust, maxPolls, maxWaiting, untrustedTurnMs } from './rules/poll-limits.ts'
import type { ClaimedFeed } from './store/feed-claims.ts'

/** What a process has one of for polling: the queues of feeds, the recorder that writes polls together, and the check of the network. */
export type Polling = { queues: PollQueue[]; recorder: PollRecorder; network: NetworkCheck }

export function createPolling(context: PollContext & { fetcher: Fetcher }): Polling {
  return {
    queues: [createPollQueue('trusted'), createPollQueue('untrusted')],
    recorder: createPollRecorder(context),
    network: createNetworkCheck(context),
  }
}

/** The polls of feeds of one trust in this process. A poll takes a place while it fetches; then it may give its place up. */
export type PollQueue = {
  trust: FeedTrust
  /** Feeds that this process has claimed and not begun to poll. */
  claimed: ClaimedFeed[]
  /** The polls in progress, by feed id. */
  polls: Map<number, Promise<unknown>>
  /** Of those, the polls that have fetched and take no place, with the bytes that each keeps in memory. */
  waiting: Map<number, number>
  /** While trusted feeds wait for a place, no untrusted poll begins before this moment (performance.now). */
  nextTurn: number
}

const createPollQueue = (trust: FeedTrust): PollQueue => ({
  trust,
  claimed: [],
  polls: new Map(),
  waiting: new Map(),
  nextTurn: 0,
})

/** The ids of all feeds that this queue has claimed. */
export const claimedIds = ({ claimed, polls }: PollQueue): number[] => [...polls.keys(), ...claimed.map(({ id }) => id)]

/** How many claimed feeds of a queue may be polled now. While trusted feeds wait, untrusted feeds only get turns. */
export function freePlaces(queue: PollQueue, queues: PollQueue[]): number {
  const free = maxPolls[queue.trust] - (queue.polls.size - queue.waiting.size)
  if (free <= 0 || !queue.claimed.length) return 0
  const trustedWait = queues.some(({ trust, claimed }) => trust === 'trusted' && claimed.length > 0)
  const yields = queue.trust === 'untrusted' && trustedWait
  const now = performance.now()
  if (yields && now < queue.nextTurn) return 0
  queue.nextTurn = now + untrustedTurnMs
  return yields ? 1 : free
}

/**
 * Gives up the place of a poll that has fetched and keeps so many bytes in memory. Returns false when too many polls or bytes
 * wait already; then the poll keeps its place.
 */
export function giveUpPlace({ waiting }: PollQueue, feed: number, bytes: number): boolean {
  const waitingBytes = waiting.values().reduce((sum, each) => sum + each, bytes)
  if (waiting.size >= maxWaiting.polls || waitingBytes > maxWaiting.bytes) return false
  waiting.set(feed, bytes)
  return true
}
