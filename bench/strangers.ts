import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../src/app.ts'
import { insertFeed } from '../src/feeds/store/feeds.ts'
import { newSecretKey } from '../src/readers/rules/token.ts'
import { eventually } from '../test/support/eventually.ts'
import { freePort } from '../test/support/free-port.ts'
import { type Program, startProgram } from '../test/support/program.ts'
import { memoryOf, peakWhile } from './support/memory.ts'
import { openBench } from './support/open-bench.ts'

export const name = 'strangers'

const pushes = 100
const feeds = 40
const bodyBytes = 10_000_000

/**
 * The memory of a process in MB, above that of the idle one, while strangers send and serve large bodies: of a web server that
 * gets 100 pushes of 10 MB at once, half of them for a known token, and of a worker that polls 40 feeds of 10 MB.
 */
export async function run(): Promise<Record<string, number>> {
  const bench = await openBench()
  const port = await freePort()
  const settings = {
    DATABASE_URL: bench.app.config.databaseUrl,
    SECRET_KEY: newSecretKey(),
    LOG_LEVEL: 'error',
    SAMPLES: '0',
  }
  const env = { ...settings, FETCH_ALLOW: '127.0.0.0/8', PORT: String(port) }
  const start = (role: string) => startProgram([role], env, ['--max-semi-space-size=4']) // as the container does
  try {
    const web = start('web')
    const pushed = await floodWithPushes(bench.app, web, port).finally(() => web.end('SIGTERM'))
    const worker = start('worker')
    const polled = await serveLargeFeeds(bench.app, worker).finally(() => worker.end('SIGTERM'))
    return { ...pushed, ...polled }
  } finally {
    await bench.close()
  }
}

async function floodWithPushes({ db }: App, web: Program, port: number): Promise<Record<string, number>> {
  const at = (path: string) => `http://127.0.0.1:${port}${path}`
  await eventually(async () => (await fetch(at('/livez')).catch(() => undefined))?.ok, 'the web server', 60_000)
  const now = Temporal.Now.instant()
  const feed = await insertFeed(db, { url: 'https://feed.example/', title: '', now: now.add({ hours: 1 }) })
  const push = {
    hub: 'https://hub.example/',
    topic: 'https://feed.example/',
    secret: 'secret',
    state: 'verified',
  } as const
  await db
    .insertInto('pushes')
    .values({ feed_id: feed!.id, token: 'known', due_at: now.add({ hours: 24 }), ...push })
    .execute()
  await delay(10_000)
  const idle = memoryOf(web.process.pid!)
  const body = randomBytes(bodyBytes)
  const headers = { 'x-hub-signature': `sha256=${'0'.repeat(64)}` }
  const send = async (n: number) =>
    (await fetch(at(`/push/${n % 2 ? 'known' : 'unknown'}`), { method: 'POST', body, headers }).catch(() => null))
      ?.status
  const { peak, result } = await peakWhile(web.process.pid!, () =>
    Promise.all(Array.from({ length: pushes }, (_, n) => send(n))),
  )
  return { web_idle_mb: idle, pushes_mb: peak - idle, pushes_204: result.filter((status) => status === 204).length }
}

async function serveLargeFeeds({ db }: App, worker: Program): Promise<Record<string, number>> {
  const body = largeFeed()
  const server = createServer((_request, response) => void response.end(body))
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const polledFeeds = async () =>
    (await db.selectFrom('feeds').select('id').where('last_success_at', 'is not', null).execute()).length
  await worker.says(/runs a worker/)
  await delay(30_000) // what a worker loads after its start is loaded
  const idle = memoryOf(worker.process.pid!)
  const now = Temporal.Now.instant()
  for (let n = 1; n <= feeds; n++) await insertFeed(db, { url: `http://127.0.0.${n}:${port}/feed`, title: '', now })
  const started = performance.now()
  const { peak } = await peakWhile(worker.process.pid!, () =>
    eventually(async () => (await polledFeeds()) === feeds || worker.process.exitCode !== null, 'all feeds', 600_000),
  )
  const seconds = Math.round((performance.now() - started) / 1000)
  const polled = await polledFeeds()
  server.close()
  server.closeAllConnections()
  return { worker_idle_mb: idle, large_feeds_mb: peak - idle, feeds_polled: polled, seconds }
}

/** A feed of 10 MB, with entries of 10 KB. */
function largeFeed(): string {
  const text = 'Shelling damaged a substation in the north. '.repeat(225)
  const item = (n: number) =>
    `<item><guid>${n}</guid><title>Report ${n}</title><link>https://desk.example/${n}</link><description>${text}</description></item>`
  const items = Array.from({ length: Math.floor(bodyBytes / item(1000).length) - 1 }, (_, n) => item(n))
  return `<rss version="2.0"><channel><title>Desk</title>${items.join('')}</channel></rss>`
}
