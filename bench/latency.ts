import { jobs } from '../jobs/index.ts'
import { prepareDatabase } from '../src/admin/prepare-database.ts'
import type { App } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { pollFeedsNow } from '../src/feeds/manage-feeds.ts'
import { pollDueFeeds } from '../src/feeds/poll.ts'
import { insertFeed } from '../src/feeds/store/feeds.ts'
import { openApp } from '../src/open-app.ts'
import { addSubscriber } from '../src/readers/add-subscriber.ts'
import { subscribeSchema } from '../src/readers/rules/subscription.ts'
import { newSecretKey } from '../src/readers/rules/token.ts'
import { serve } from '../src/serve.ts'
import { asWorker } from '../src/worker/heartbeat.ts'
import { type FeedServer, startFeedServer } from '../test/support/feed-server.ts'
import { type SmtpSink, startSmtpSink } from '../test/support/smtp-server.ts'
import { createDataFolder } from './support/data-folder.ts'
import { quantile } from './support/quantile.ts'

export const name = 'latency'

const rounds = 60

/**
 * How long an item takes on an idle machine, in milliseconds: from the answer of its feed in which a poll sees it to the moment
 * when the mail server has its alert. The whole program runs in this process: poll, reading, stories, alert and delivery. The
 * queue is in the database, or in the Redis of REDIS_URL.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await createDataFolder()
  const [feeds, sink] = await Promise.all([startFeedServer(), startSmtpSink()])
  const env = { SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0', DATA_DIR: folder.path }
  const queue = process.env.REDIS_URL ? { REDIS_URL: process.env.REDIS_URL } : {}
  const settings = readConfig({ ...env, ...queue, SMTP_URL: sink.url, FETCH_ALLOW: '127.0.0.0/8' })
  const { app, close } = await openApp(settings, () => Temporal.Now.instant())
  const url = `${feeds.url}/feed`
  try {
    await prepareFeed(app, feeds, url)
    const serving = await serve(app, { web: false, worker: true }, jobs)
    try {
      const times: number[] = []
      for (let n = 0; n < rounds; n++) times.push(await latencyOf(n, app, feeds, sink, url))
      const warm = times.slice(5)
      return { p50_ms: quantile(warm, 0.5), p99_ms: quantile(warm, 0.99), first_ms: times[0] ?? 0 }
    } finally {
      await serving.stop()
    }
  } finally {
    await close()
    await Promise.all([feeds.close(), sink.close()])
    await folder.remove()
  }
}

/** A feed whose first poll, which alerts nobody, is over. */
async function prepareFeed(app: App, feeds: FeedServer, url: string): Promise<void> {
  await prepareDatabase(app)
  feeds.set('/feed', { body: rssOf([]) })
  await insertFeed(app.db, { url, title: 'Wire', now: app.now() })
  await asWorker(app, async () => void (await pollDueFeeds(app)))
}

/** A new reader has the welcome; then an item is published and a poll asked for, until its alert is there. */
async function latencyOf(n: number, app: App, feeds: FeedServer, sink: SmtpSink, url: string): Promise<number> {
  const email = `reader-${n}@example.org`
  const reader = subscribeSchema.parse({ email, topics: ['infrastructure-strikes'], cadence: 'alert', maxAlerts: 100 })
  await addSubscriber(app, reader, { actor: 'bench', consent: 'The reader of a benchmark.' })
  while (!sink.messages.some(({ to }) => to.includes(email))) await sink.waitFor(sink.messages.length + 1, 30_000)
  const body = rssOf(Array.from({ length: n + 1 }, (_, i) => i))
  let seen = 0
  feeds.set('/feed', {
    handle: (_request, response) => {
      seen ||= performance.now()
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
    },
  })
  const isTold = () => sink.messages.some(({ to, parsed }) => to.includes(email) && parsed.subject?.includes(townOf(n)))
  await pollFeedsNow(app, url)
  while (!isTold()) await sink.waitFor(sink.messages.length + 1, 30_000)
  return Math.round((performance.now() - seen) * 10) / 10
}

/** Each item tells an attack of its own, in a town of its own. */
const rssOf = (numbers: number[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>${numbers.map(itemOf).join('')}</channel></rss>`

function itemOf(n: number): string {
  const town = townOf(n)
  const title = `Drones hit the power plant of ${town}`
  return `<item><guid>item-${n}</guid><title>${title}</title><link>https://wire.example/${n}</link>
    <description>${title}, its mayor ${syllable(n * 3 + 1)}sen said. ${10 + n} thousand homes of ${town} are without electricity.</description></item>`
}

const townOf = (n: number): string =>
  `${syllable(n)}${syllable(n * 7 + 3).toLowerCase()}${syllable(n * 13 + 5).toLowerCase()}`

const syllables = 'Bra Cel Dov Esk Fal Gor Hul Ilm Jar Kos Lun Mer Nov Ost Pil Rud Sal Tor Ulm Vel Wes Yar Zal'.split(
  ' ',
)
const syllable = (n: number): string => syllables[n % syllables.length] ?? ''
