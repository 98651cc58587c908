import { sendAlarms } from './admin/alarms/send-alarms.ts'
import { prepareToServe } from './admin/prepare-database.ts'
import { announcePublicUrl, publicUrlProblem, takeServersUrl } from './admin/public-url.ts'
import { loadSamples, type Samples } from './admin/samples/load-samples.ts'
import { firstStartSetting, sampleFeeds } from './admin/samples/sample-feeds.ts'
import { createSampleServer } from './admin/samples/sample-server.ts'
import type { App } from './app.ts'
import type { Roles, Serving } from './cli/run.ts'
import { receiveMail } from './delivery/bounces/receive-mail.ts'
import { linkView } from './editions/mail/confirmation-view.ts'
import { senderOf } from './editions/publish.ts'
import { pollFeedsNow } from './feeds/manage-feeds.ts'
import { cannotListen } from './platform/cannot-listen.ts'
import { keepOnce } from './platform/db/settings.ts'
import { UserError } from './platform/user-error.ts'
import { createWeb, listen } from './web/server.ts'
import { asWorker } from './worker/heartbeat.ts'
import type { Job } from './worker/job.ts'
import { dashboard } from './worker/queue.ts'
import { prepareQueue, queueProblem } from './worker/queue-tables.ts'
import { startWorker } from './worker/start-worker.ts'

/**
 * Prepares the database and starts the roles. The worker starts after everything that its jobs need.
 * @throws when a part cannot start; the parts that have started are stopped
 */
export async function serve(app: App, roles: Roles, jobs: Job[]): Promise<Serving> {
  const stops: Stops = []
  const stop = async () => void (await Promise.allSettled(stops.map((end) => end())))
  try {
    await prepareToServe(app)
    await readyQueue(app, roles)
    const port = roles.web ? await openWeb(app, roles, stops) : await joinWeb(app)
    const samples = roles.worker && app.config.samples ? await openSamples(app, stops) : 'none'
    if (roles.worker) {
      const worker = await startWorker(app, jobs)
      stops.unshift(worker.stop)
      await openBounces(app, stops)
    }
    if (roles.web) compileMails(app)
    return { port, samples, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** In production only `sitrep migrate` creates the tables of the queue. A web server shows the queue, and runs without it. */
async function readyQueue({ config }: App, { worker }: Roles): Promise<void> {
  const place = { redisUrl: config.redisUrl, databaseUrl: config.databaseDirectUrl }
  if (!config.production) await prepareQueue(place)
  const problem = worker && (await queueProblem(place))
  if (problem) throw new UserError(problem)
}

/** How to stop what has started. */
type Stops = (() => Promise<unknown>)[]

/** A worker alone writes links to the pages of the web server. It may start before a web server that gets a new URL. */
async function joinWeb(app: App): Promise<undefined> {
  await takeServersUrl(app)
  const problem = await publicUrlProblem(app)
  if (problem) app.log.warn(problem)
}

const newestSampleMs = 5_000

/** Serves the sample feeds and loads them into an empty database. They are polled again when their newest report is published. */
export async function openSamples(app: App, stops: Stops): Promise<Samples> {
  const firstStart = Temporal.Instant.from(await keepOnce(app.db, firstStartSetting, app.now().toString()))
  const server = await createSampleServer({ firstStart, now: app.now, pages: `${app.config.publicUrl}/samples` })
  app.samples.port = server.port
  stops.push(() => server.close())
  let loaded: Samples = 'none'
  await asWorker(app, async () => {
    loaded = await loadSamples(app)
  })
  const timer = setTimeout(() => {
    for (const { url } of sampleFeeds) pollFeedsNow(app, url).catch(() => {}) // rejects for a sample that was removed
  }, newestSampleMs)
  stops.push(async () => clearTimeout(timer))
  return loaded
}

/** Receives bounces if BOUNCE_PORT is set. One worker is enough, or a load balancer before all of them. */
async function openBounces(app: App, stops: Stops): Promise<void> {
  const { bouncePort: port } = app.config
  if (port === undefined) return
  const server = await receiveMail(app, port).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen('The bounce listener', error, { host: app.config.host, port, setting: 'BOUNCE_PORT' })
  })
  stops.push(() => server.close())
}

/** Compiles the mails, which takes a second, so that the first confirmation mail does not wait for it. A worker compiles when it composes. */
function compileMails(app: App): void {
  app.render
    .mail('link', linkView(senderOf(app)))
    .catch((error) => app.log.error({ err: error }, 'could not compile the mails'))
}

const alarmsEveryMs = 30_000

/** A web server without a worker looks for alarms too: no worker could tell that none is running. */
function watchForAlarms(app: App, stops: Stops): void {
  const look = () => sendAlarms(app).catch((error) => app.log.warn({ err: error }, 'could not look for alarms'))
  const timer = setInterval(look, alarmsEveryMs)
  stops.push(async () => clearInterval(timer))
}

async function openWeb(app: App, roles: Roles, stops: Stops): Promise<number> {
  const home = {
    redisUrl: app.config.redisUrl,
    databaseUrl: app.config.databaseDirectUrl,
    onError: (error: Error) => app.log.debug({ err: error }, 'could not reach the queue'),
  }
  const board = (basePath: string) => {
    const opened = dashboard(home, basePath)
    stops.push(opened.close)
    return opened.board
  }
  const web = createWeb(app, { board, needsWorker: roles.worker })
  const { port, close } = await listen(app, web)
  stops.push(close)
  await announcePublicUrl(app)
  if (!roles.worker) watchForAlarms(app, stops)
  // The sign-up page counts what mail to expect, for all pages after it: the first reader does not wait for that.
  const firstPage = web.request('/')
  stops.push(async () => firstPage)
  return port
}
