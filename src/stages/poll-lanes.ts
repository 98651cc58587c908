import type { App } from '../app.ts'
import type { Standing } from '../domain/feed-standing.ts'
import { type Feed, freeForgotten } from '../store/feeds.ts'

/**
 * Places for feeds of one standing, in this process. `busy` are the polls that are under way, of which those `aside` wait
 * for a thread and take no place; `reserve` is claimed and waits for one.
 */
export type Lane = {
  standing: Standing
  atOnce: number
  busy: Map<number, Promise<unknown>>
  aside: Set<number>
  reserve: Feed[]
}

/** Bodies that wait are held in memory: so many at most, then they keep their places. */
const mostAside = 10

const lanesOf = new WeakMap<App, Lane[]>()

/** The lanes of this process. A claim whose poll could not be recorded, as when the database was away, is given back first. */
export async function openLanes(app: App): Promise<Lane[]> {
  const lanes = lanesOf.get(app) ?? [openLane('proven', 20), openLane('doubtful', 10)]
  lanesOf.set(app, lanes)
  const held = lanes.flatMap(({ busy, reserve }) => [...busy.keys(), ...reserve.map(({ id }) => id)])
  await freeForgotten(app.db, app.worker.id, held)
  return lanes
}

const openLane = (standing: Standing, atOnce: number): Lane => ({
  ...{ standing, atOnce, busy: new Map(), aside: new Set(), reserve: [] },
})

/** How many polls may begin; while proven feeds wait, the doubtful ones go one by one. */
export function freePlaces(lane: Lane, lanes: Lane[]): number {
  const yields =
    lane.standing === 'doubtful' && lanes.some(({ standing, reserve }) => standing === 'proven' && reserve.length)
  const taken = lane.busy.size - lane.aside.size
  return Math.max(0, (yields ? 1 : lane.atOnce) - taken)
}

/** Gives up the place of a poll whose body waits for a thread; false when too many wait already. */
export function stepAside(lane: Lane, feed: number): boolean {
  if (lane.aside.size >= mostAside) return false
  lane.aside.add(feed)
  return true
}
