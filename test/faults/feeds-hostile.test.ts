import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFetcher } from '../../src/io/fetch.ts'
import { pollFeeds } from '../../src/stages/poll.ts'
import { insertFeed, listFeeds } from '../../src/store/feeds.ts'
import { entries, openPolling, type Polling, rssOf } from '../feeds/polling.ts'
import { type Hostile, hostiles } from './hostile-bodies.ts'

const long = process.env.FAULTS === 'long'
/** The short form leaves out what takes its full 20 s, and most of what takes a thread its 5 s. */
const quick = hostiles.filter(({ name }, n) => n % 4 === 0 && !/drip|silence|chunks|interim|divs|million/.test(name))
const used = long ? hostiles : quick
const good = 40

let server: Server
let desk: Polling
let port: number

beforeEach(async () => {
  server = createServer((request, response) => {
    const n = Number(/^hostile-(\d+)/.exec(request.headers.host ?? '')?.[1] ?? -1)
    const hostile: Hostile | undefined = used[n]
    if (hostile) hostile.answer(response)
    else response.end(rssOf(entries(50)))
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  const loopback = { allow: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] }
  desk = await openPolling({ fetcher: createFetcher({ userAgent: 'Sitrep test', ...loopback }) })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await desk.close()
})

const add = (host: string) =>
  insertFeed(desk.app.db, { url: `http://${host}:${port}/`, title: '', now: desk.clock.now })

test(`${used.length} hostile feeds cost only themselves, and each ends with an answer or a reason`, async () => {
  for (let n = 0; n < good; n++) await add(`good-${n}.example`)
  const alone = performance.now()
  await pollFeeds(desk.app)
  const aloneMs = performance.now() - alone
  for (let n = 0; n < used.length; n++) await add(`hostile-${n}.example`)
  desk.clock.now = desk.clock.now.add({ hours: 24 })
  const lag = monitorEventLoopDelay({ resolution: 5 })
  lag.enable()
  const ends = new Map<string, number>()
  const started = performance.now()
  const { log } = desk.app
  const noted = (fields: { feed?: string; ms?: number }) =>
    fields.feed && ends.set(fields.feed, performance.now() - started)
  desk.app.log = { ...log, info: noted, warn: noted, error: noted } as unknown as typeof log
  const results = await pollFeeds(desk.app)
  lag.disable()
  expect(results).toHaveLength(good + used.length)
  const kinds = new Map(results.map((result) => [new URL(result.feed).hostname, result]))
  for (let n = 0; n < good; n++) expect(kinds.get(`good-${n}.example`)?.kind).toBe('unchanged')
  if (long) report(results, ends, { aloneMs, maxLagMs: lag.max / 1e6 })
  const feeds = await listFeeds(desk.app.db)
  expect(feeds.filter(({ claimed_by }) => claimed_by !== null)).toEqual([])
  expect(feeds.flatMap(({ last_error }) => (last_error?.includes('internal error') ? last_error : []))).toEqual([])
})

function report(
  results: Awaited<ReturnType<typeof pollFeeds>>,
  ends: Map<string, number>,
  { aloneMs, maxLagMs }: { aloneMs: number; maxLagMs: number },
): void {
  const lastGood = Math.max(...[...ends].filter(([url]) => url.includes('//good')).map(([, ms]) => ms))
  for (const { feed, kind, added, note } of results) {
    const hostile = used[Number(/hostile-(\d+)/.exec(feed)?.[1] ?? -1)]
    if (hostile)
      console.log(
        `${hostile.name}: ${kind}, ${added} new${note ? `, ${note}` : ''}, done after ${Math.round(ends.get(feed)!)} ms`,
      )
  }
  const share = (100 * (lastGood - aloneMs)) / (5 * 60_000)
  console.log(
    `${good} good feeds: ${Math.round(aloneMs)} ms alone, ${Math.round(lastGood)} ms among ${used.length} hostile ones`,
  )
  console.log(
    `that is ${share.toFixed(1)} % of the shortest interval between polls; longest pause of the main loop ${maxLagMs.toFixed(0)} ms`,
  )
}
