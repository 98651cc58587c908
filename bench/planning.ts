import { sql } from 'kysely'
import { composeDigests } from '../src/editions/compose-digests.ts'
import { openWithHistory } from './support/history/open.ts'
import type { Bench } from './support/open-bench.ts'

export const name = 'planning'

const readers = Number(process.env.BENCH_READERS ?? 100_000)
const days = Number(process.env.BENCH_DAYS ?? 60)

/**
 * Planning the digests of a day: 24 slots, one an hour, 60 choices of readers in each. `history_ratio` compares with the same readers without
 * the days before; `peak_mb` is the most memory above that before the first slot.
 */
export async function run(): Promise<Record<string, number>> {
  const without = await planDay({ readers, days: 0 })
  const withHistory = await planDay({ readers, days })
  return {
    ...withHistory,
    seconds_without_history: without.seconds,
    history_ratio: withHistory.seconds / without.seconds,
  }
}

async function planDay(history: { readers: number; days: number }) {
  const bench = await openWithHistory(history)
  try {
    const idle = process.memoryUsage().rss
    const memory = watchMemory()
    const begun = performance.now()
    let deliveries = 0
    for (let hour = 0; hour < 24; hour++) {
      bench.clock.now = bench.clock.now.add({ minutes: hour === 0 ? 35 : 60 })
      deliveries += await composeDigests(bench.app)
    }
    const seconds = (performance.now() - begun) / 1_000
    return { seconds, deliveries, editions: await editionsOfDay(bench), peak_mb: (memory.stop() - idle) / 1e6 }
  } finally {
    await bench.close()
  }
}

async function editionsOfDay({ app }: Bench): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from editions where closed_at > '2026-11-23T18:30Z'`.execute(app.db)
  return rows[0]?.n ?? 0
}

function watchMemory() {
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  return {
    stop() {
      clearInterval(timer)
      return peak
    },
  }
}
