import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import type { PollResult } from '../../src/feeds/poll-result.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { createFetcher } from '../../src/http/fetch.ts'
import { createReaderPool } from '../../src/threads/pool.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { hostiles } from './hostile-bodies.ts'

const long = process.env.FAULTS === 'long'
/** The short form takes every eighth, without what takes its full 20 s or a thread its 5 s. */
const used = [...hostiles.keys()].filter(
  (n) => long || (n % 8 === 0 && !/drip|silence|chunks|interim|divs|million/.test(hostiles[n]!.name)),
)
const good = long ? 200 : 40
const rounds = long ? 2 : 1
const timeoutMs = long ? 1_800_000 : 120_000

let app: TestApp
let far: Awaited<ReturnType<typeof startServer>>

beforeEach(async () => {
  far = await startServer()
  const loopback = { allow: [], countsAsPublic: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] }
  app = await openTestApp({
    overrides: {
      fetcher: createFetcher({ site: 'https://sitrep.example', contact: 'desk@sitrep.example', ...loopback }),
      reader: createReaderPool(),
    },
  })
})
afterEach(async () => {
  far.stop()
  await app.close()
})

test(
  `${used.length} hostile feeds cost only themselves, and each ends with an answer or a reason`,
  async () => {
    for (let n = 0; n < good; n++) await add(`good-${n}.example`)
    await sweep()
    const alone: number[] = []
    for (let round = 0; round < rounds; round++) alone.push(goodDone(await sweep()))
    for (const n of used) await add(`hostile-${n}.example`)
    if (long) await sweep() // the first time, to have them known, and every body made
    const among: Sweep[] = []
    for (let round = 0; round < rounds; round++) among.push(await sweep())
    for (const { results } of among) {
      expect(results).toHaveLength(good + used.length)
      const fresh = results.filter(({ feed, kind }) => isGood(feed) && kind === 'fresh')
      expect(fresh).toHaveLength(good)
    }
    report(alone, among)
    const feeds = await listFeeds(app.db)
    expect(feeds.filter(({ claimed_by }) => claimed_by !== null)).toEqual([])
    const all = among.flatMap(({ results }) => results)
    expect(all.filter(({ note }) => note?.includes('an error in Sitrep'))).toEqual([])
  },
  timeoutMs,
)

test(
  'feeds that fall due while hostile ones are being read are asked at once',
  async () => {
    for (let n = 0; n < good; n++) await add(`good-${n}.example`)
    await sweep()
    for (const n of used) await add(`hostile-${n}.example`)
    await makeDue('good', false)
    const sweeping = sweep()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const due = performance.now()
    await makeDue('good', true)
    const { results, ends, started } = await sweeping
    const goodEnds = [...ends].filter(([feed]) => isGood(feed)).map(([, at]) => at)
    const hostileEnds = [...ends].filter(([feed]) => !isGood(feed)).map(([, at]) => at)
    if (long) console.log(`fell due among hostile ones: all asked ${ms(started + Math.max(...goodEnds) - due)} later`)
    expect(results.filter(({ kind }) => kind === 'fresh').length).toBeGreaterThanOrEqual(good)
    expect(Math.max(...goodEnds)).toBeLessThan(Math.max(...hostileEnds))
  },
  timeoutMs,
)

/** `ends` says after how many milliseconds each feed was done, `lag` how long the main loop paused at most. */
type Sweep = { results: PollResult[]; ends: Map<string, number>; started: number; lag: number }

/** A day later everything is due, and every good feed has something new. */
async function sweep(): Promise<Sweep> {
  await far.nextRound()
  app.clock.later({ hours: 25 })
  const ends = new Map<string, number>()
  const started = performance.now()
  const noted = ({ feed }: { feed?: string }) => feed && ends.set(feed, performance.now() - started)
  app.log = { ...app.log, info: noted, warn: noted, error: noted } as unknown as typeof app.log
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const results = await pollDueFeeds(app)
  loop.disable()
  return { results, ends, started, lag: loop.max / 1e6 }
}

const add = (host: string) => insertFeed(app.db, { url: `http://${host}:${far.port}/`, title: '', now: app.now() })

const makeDue = (which: string, due: boolean) =>
  app.db
    .updateTable('feeds')
    .set({ next_poll_at: app.now().add({ hours: due ? 0 : 100 }) })
    .where('url', 'like', `%//${which}%`)
    .execute()

const isGood = (feed: string) => feed.includes('//good')
const goodDone = ({ ends }: Sweep) => Math.max(...[...ends].filter(([feed]) => isGood(feed)).map(([, at]) => at))
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
const ms = (n: number) => `${Math.round(n)} ms`

function report(alone: number[], among: Sweep[]): void {
  if (!long) return
  for (const { feed, kind, added, note } of among[0]!.results) {
    const name = hostiles[Number(/hostile-(\d+)/.exec(feed)?.[1] ?? -1)]?.name
    if (name) console.log(`${name}: ${kind}, ${added} new${note ? `, ${note}` : ''}`)
  }
  const [before, after] = [median(alone), median(among.map(goodDone))]
  const delay = (100 * (after - before)) / before
  const share = (100 * (after - before)) / (5 * 60_000)
  console.log(`${good} good feeds: done after ${ms(before)} alone, ${ms(after)} among ${used.length} hostile ones:`)
  console.log(`${delay.toFixed(1)} % later, ${share.toFixed(2)} % of the shortest interval between polls`)
  console.log(`longest pause of the main loop: ${among.map(({ lag }) => ms(lag)).join(', ')}`)
}

async function startServer() {
  const child = fork(join(import.meta.dirname, 'hostile-server.ts'), { stdio: 'inherit' })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  let round = 0
  return {
    port,
    async nextRound() {
      child.send({ round: ++round })
      await once(child, 'message')
    },
    stop: () => child.kill(),
  }
}
