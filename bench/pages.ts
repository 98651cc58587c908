import { addressesOf } from './pages/addresses.ts'
import { listDurations } from './pages/commands.ts'
import { fillLarge } from './pages/fill.ts'
import { type Visit, visitAll } from './pages/visits.ts'
import { openWithHistory } from './support/history/open.ts'

export const name = 'pages'

const readers = Number(process.env.BENCH_READERS ?? 100_000)
const days = Number(process.env.BENCH_DAYS ?? 60)
/** A page or a command above one of these is named in the figures. */
const slowMs = 150
const largeKb = 200

/**
 * Every GET page, and the first output of every `list` command, with months of history: `p95_ms_worst` and `kb_worst`, and a key for
 * each that is slower than 150 ms (`ms GET /path`) or larger than 200 KB (`kb GET /path`). The rest is printed to stderr.
 */
export async function run(): Promise<Record<string, number>> {
  const bench = await openWithHistory({ readers, days })
  try {
    await fillLarge(bench.app, readers)
    const pages = await visitAll(bench.app, await addressesOf(bench.app))
    const lists = await listDurations(bench.app)
    const visits = [...pages, ...lists].toSorted((a, b) => b.p95 - a.p95)
    for (const { label, p95, kb, status } of visits)
      console.error(`  ${p95.toFixed(1).padStart(8)} ms ${kb.toFixed(1).padStart(8)} KB  ${status}  ${label}`)
    return figuresOf(visits)
  } finally {
    await bench.close()
  }
}

function figuresOf(visits: Visit[]): Record<string, number> {
  const slow = visits.filter(({ p95 }) => p95 > slowMs).map(({ label, p95 }) => [`ms ${label}`, p95])
  const large = pagesOf(visits)
    .filter(({ kb }) => kb > largeKb)
    .map(({ label, kb }) => [`kb ${label}`, kb])
  return {
    p95_ms_worst: Math.max(...visits.map(({ p95 }) => p95)),
    kb_worst: Math.max(...pagesOf(visits).map(({ kb }) => kb)),
    measured: visits.length,
    ...Object.fromEntries([...slow, ...large]),
  }
}

/** Commands print for programs: their output may be large. */
const pagesOf = (visits: Visit[]) => visits.filter(({ label }) => label.startsWith('GET'))
