import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { mutatedFeed } from '../parsing/mutated-feeds.ts'

const long = process.env.FAULTS === 'long'
const seed = 20_260_301

test(`${long ? 2000 : 50} mutated feeds of a fixed seed each have an outcome`, async () => {
  const bodies = fc.sample(mutatedFeed, { numRuns: long ? 2000 : 50, seed })
  const runs = []
  for (const [n, body] of bodies.entries()) {
    const started = performance.now()
    const { kind } = await parseFeed(body, { url: 'https://e.org/feed' })
    runs.push({ n, kind, bytes: body.length, ms: performance.now() - started })
  }
  if (long) report(runs)
  expect(runs.filter(({ kind }) => kind === 'parsed').length).toBeGreaterThan(bodies.length / 3)
}, 600_000)

function report(runs: { n: number; kind: string; bytes: number; ms: number }[]): void {
  const parsed = runs.filter(({ kind }) => kind === 'parsed').length
  console.log(
    `${runs.length} mutated feeds (seed ${seed}): ${parsed} parsed, ${runs.length - parsed} said to be unreadable`,
  )
  for (const { n, kind, bytes, ms } of runs.toSorted((a, b) => b.ms - a.ms).slice(0, 5))
    console.log(`  number ${n}: ${kind}, ${bytes} bytes, ${ms.toFixed(0)} ms`)
}
