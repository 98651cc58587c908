import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '../src/reading/rules/read.ts'
import { builtinTopics } from '../src/reading/rules/topics/topic-file.ts'
import type { Source } from '../src/reading/rules/types.ts'
import { hostileTexts } from './support/hostile-texts.ts'
import { median } from './support/quantile.ts'
import { reportOf } from './support/report.ts'

export const name = 'reading'

/** The compiler of V8 is done with reading after some two hundred reports; a worker reads that many in its first days. */
const warmUp = 250

/**
 * What reading costs in this process once it is warm: a report of 40 KB of HTML, one ten times as long, the worst hostile
 * text of 1 MB, and the share that a hundred topics add to three. `SITREP_TEXTS` names a folder of own HTML reports to add.
 */
export async function run(): Promise<Record<string, number>> {
  const [short, long] = [{ html: reportOf(40_000) }, { html: reportOf(400_000) }]
  const hundred = Array.from({ length: 100 }, (_, i) => {
    const topic = builtinTopics[i % builtinTopics.length]
    if (!topic) throw new Error('there is no built-in topic')
    return i < builtinTopics.length ? topic : { ...topic, slug: `topic-${i}`, rule: foreign(topic.rule, i) }
  })
  for (let i = 0; i < warmUp; i++) read(short, builtinTopics)
  const times = { short: [] as number[], long: [] as number[], hundred: [] as number[] }
  for (let i = 0; i < 41; i++) {
    times.short.push(msOf(short))
    times.hundred.push(msOf(short, hundred))
    if (i % 4 === 0) times.long.push(msOf(long))
  }
  return {
    ms_median_40kb: median(times.short),
    ratio_10x_length: median(times.long) / median(times.short),
    ms_per_mb_adversarial: worstHostile(),
    ratio_100_topics: median(times.hundred) / median(times.short),
    ...ownTexts(),
  }
}

/** The same rule in words that no report has: what a topic costs that a text does not touch. */
function foreign(rule: unknown, i: number): unknown {
  return JSON.parse(
    JSON.stringify(rule, (key, value) =>
      typeof value === 'string' && !value.startsWith('@') && key !== 'slug'
        ? value.replace(/\p{L}+/gu, `$&q${i}`)
        : value,
    ),
  )
}

function worstHostile(): number {
  const all = hostileTexts(1_000_000).map(([kind, source]) => ({ kind, ms: Math.min(msOf(source), msOf(source)) }))
  const worst = all.toSorted((a, b) => b.ms - a.ms)
  for (const { kind, ms } of worst.slice(0, 5)) console.error(`  ${kind}: ${ms.toFixed(0)} ms`)
  return worst[0]?.ms ?? 0
}

function ownTexts(): Record<string, number> {
  const folder = process.env.SITREP_TEXTS
  if (!folder) return {}
  const files = readdirSync(folder).filter((file) => /\.html?$/i.test(file))
  const texts = files.map((file) => ({ html: readFileSync(join(folder, file), 'utf8') }))
  if (texts.length === 0) return {}
  for (const text of texts) read(text, builtinTopics)
  return { ms_median_own_texts: median(texts.map((text) => msOf(text))) }
}

function msOf(source: Source, rules = builtinTopics): number {
  const started = performance.now()
  read(source, rules)
  return performance.now() - started
}
