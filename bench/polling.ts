import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { LookupFunction } from 'node:net'
import { join } from 'node:path'
import RssParser from 'rss-parser'
import { Agent, fetch } from 'undici'
import { pollDueFeeds } from '../src/feeds/poll.ts'
import { insertFeed } from '../src/feeds/store/feeds.ts'
import { createFetcher } from '../src/http/fetch.ts'
import { type Bench, openBench } from './support/open-bench.ts'
import { median } from './support/quantile.ts'

export const name = 'polling'

const feeds = 2000
const early = 200
const atOnce = 20

/**
 * 2,000 feeds of 50 items on 2,000 host names of loopback, 20 at once, against a bare loop of fetch and rss-parser over the
 * same addresses, in turns: the time of a poll in which 20 % of the items are new or edited and every body comes whole, and
 * of one in which nothing changed. The latter comes two hours later, and a day later, when silent feeds are asked for their
 * whole documents. Memory is the resident size of this process after 2,000 feeds less that after 200.
 */
export async function run(): Promise<Record<string, number>> {
  const server = await startServer()
  const bench = await openPolling(server.port)
  try {
    await server.say({ round: 0 })
    await poll(bench, early)
    const before = residentMb()
    await poll(bench, feeds)
    const memory = residentMb() - before
    await server.say({ round: 1 })
    const bare = [await bareLoop(server.port)]
    const changed = await poll(bench, feeds)
    const unchanged: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      bare.push(await bareLoop(server.port))
      unchanged.push(await poll(bench, feeds, 2))
    }
    bare.push(await bareLoop(server.port))
    const whole = await poll(bench, feeds)
    return {
      bare_loop_ms: median(bare),
      changed_ms: changed,
      unchanged_ms: median(unchanged),
      asked_whole_ms: whole,
      changed_vs_bare_loop: round(changed / ((bare[0]! + bare[1]!) / 2)),
      unchanged_speedup: round(median(bare.slice(1)) / median(unchanged)),
      memory_growth_mb: round(memory),
    }
  } finally {
    await bench.close()
    server.stop()
  }
}

const addressOf = (n: number, port: number) => `http://feed-${n}.example:${port}/${n}`
const toLoopback: LookupFunction = (_name, options, callback) =>
  options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
const round = (x: number) => Math.round(x * 100) / 100
const residentMb = () => process.memoryUsage.rss() / 2 ** 20

async function openPolling(port: number): Promise<Bench> {
  const fetcher = createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    allow: [],
    countsAsPublic: ['127.0.0.0/8'],
    resolve: async () => ['127.0.0.1'],
  })
  const bench = await openBench({ fetcher })
  const { app, clock } = bench
  for (let n = 0; n < feeds; n++) {
    const due = n < early ? clock.now : clock.now.add({ hours: 1 })
    await insertFeed(app.db, { url: addressOf(n, port), title: '', now: due })
  }
  return bench
}

/** Everything is due a day later, and two hours after a poll; the first of all polls takes only the early ones. */
async function poll({ app, clock }: Bench, expected: number, hours = 25): Promise<number> {
  if (expected > early) clock.now = clock.now.add({ hours })
  const started = performance.now()
  const results = await pollDueFeeds(app)
  const failed = results.find(({ kind }) => kind !== 'fresh' && kind !== 'unchanged')
  if (results.length !== expected || failed) throw new Error(`${results.length} polls, ${JSON.stringify(failed)}`)
  return Math.round(performance.now() - started)
}

/** What everybody would write: no conditional request, no caps, nothing saved. */
async function bareLoop(port: number): Promise<number> {
  const parser = new RssParser()
  const dispatcher = new Agent({ connect: { lookup: toLoopback } })
  const started = performance.now()
  let next = 0
  const work = async () => {
    while (next < feeds) {
      const answer = await fetch(addressOf(next++, port), { dispatcher })
      const { items } = await parser.parseString(await answer.text())
      if (items.length !== 50) throw new Error('the bare loop lost items')
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const ms = Math.round(performance.now() - started)
  await dispatcher.destroy()
  return ms
}

/** The far side runs in a process of its own, so that it is on neither side's account. */
async function startServer() {
  const child = fork(join(import.meta.dirname, '..', 'test', 'support', 'many-feeds.ts'), { stdio: 'inherit' })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    async say(message: { round: number }) {
      child.send(message)
      await once(child, 'message')
    },
    stop: () => child.kill(),
  }
}
