import { hostname } from 'node:os'
import type { App } from '../app.ts'
import { heartbeat, registerWorker } from '../platform/db/lease.ts'
import { listenForWakeUps } from '../platform/db/wake.ts'
import type { Job } from './job.ts'
import { openQueueWorker, openScheduler, type QueueHome } from './queue.ts'
import { leaveWork } from './recover.ts'

const beatMs = 5_000
const scheduleMs = 15_000
const hasteGatherMs = 20
/** A sweep that the queue has not run for so long beyond its time is run without it. */
const patienceMs = 40_000
const drainMs = 24_000
const closeMs = 2_000

/** A worker at work. `stop` takes at most 28 s, whatever is out of order. */
export type RunningWorker = { stop(): Promise<void> }

/** Enters the list of workers, beats, keeps the schedulers right, hears haste, and runs jobs. */
export async function startWorker(app: App, jobs: Job[]): Promise<RunningWorker> {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  const lastRun = new Map(jobs.map((job) => [job.name, performance.now()]))
  const home: QueueHome = {
    redisUrl: app.config.redisUrl,
    databaseUrl: app.config.databaseUrl!,
    onError: sparingly((error) => {
      if (!stopping.signal.aborted) app.log.error({ err: error }, 'queue out of order')
    }),
  }
  app.worker.id = await registerWorker(app.db, `${hostname()}:${process.pid}`)

  const run = (name: string): Promise<unknown> => {
    const job = jobs.find((candidate) => candidate.name === name)
    if (!job || stopping.signal.aborted) return Promise.resolve()
    lastRun.set(name, performance.now())
    const work = runJob(app, job, stopping.signal).finally(() => {
      running.delete(work)
      lastRun.set(name, performance.now())
    })
    running.add(work)
    return work
  }

  const clock = openScheduler(home)
  const crew = openQueueWorker(home, run)
  const schedule = () => jobs.map((job) => clock.schedule(job).catch(home.onError))
  const haste = gather(hasteGatherMs, (names) => {
    for (const job of jobs) if (names.has(job.name)) clock.wake(job).catch(home.onError)
  })
  const stopListening = listenForWakeUps(home.databaseUrl, haste)
  const timers = [
    setInterval(() => stayAlive(app).catch(home.onError), beatMs),
    setInterval(schedule, scheduleMs),
    setInterval(() => {
      for (const job of jobs) if (isForgotten(job, lastRun.get(job.name)!)) run(job.name).catch(() => {})
    }, beatMs),
  ]
  schedule()
  for (const job of jobs) haste(job.name)

  return {
    async stop() {
      stopping.abort()
      await within(drainMs, Promise.allSettled(running))
      for (const timer of timers) clearInterval(timer)
      await within(closeMs, Promise.allSettled([stopListening(), crew.close(true), clock.close()]))
      await within(closeMs, leaveWork(app))
    },
  }
}

/** Runs every job once, in the order of the path: all that is due is done when it returns. */
export async function runOnce(app: App, jobs: Job[], signal: AbortSignal): Promise<void> {
  await asWorker(app, async () => {
    for (const job of jobs) await runJob(app, job, signal)
  })
}

/** Does work that claims rows without a queue: under a lease of its own, which ends with it. */
export async function asWorker(app: App, work: () => Promise<unknown>): Promise<void> {
  app.worker.id = await registerWorker(app.db, `${hostname()}:${process.pid}`)
  const beating = setInterval(() => stayAlive(app).catch(() => {}), beatMs)
  try {
    await work()
  } finally {
    clearInterval(beating)
    await leaveWork(app)
  }
}

async function runJob(app: App, job: Job, signal: AbortSignal): Promise<void> {
  const started = performance.now()
  try {
    const done = await job.run(app, signal)
    app.log.debug({ job: job.name, done, ms: Math.round(performance.now() - started) }, 'ran job')
  } catch (error) {
    app.log.error({ job: job.name, err: error }, 'job failed')
    throw error
  }
}

/** Who was taken for dead goes on under a new name: what the old one held belongs to others. */
async function stayAlive(app: App): Promise<void> {
  if (await heartbeat(app.db, app.worker.id)) return
  app.worker.id = await registerWorker(app.db, `${hostname()}:${process.pid}`)
  app.log.warn('this worker was taken for dead and begins anew')
}

const isForgotten = (job: Job, lastRun: number): boolean => performance.now() - lastRun > job.every * 1000 + patienceMs

/** Collects what comes within a moment, so that a burst of rows is one press. */
function gather(ms: number, act: (names: Set<string>) => void): (name: string) => void {
  let names = new Set<string>()
  return (name) => {
    if (!names.size) {
      setTimeout(() => {
        const collected = names
        names = new Set()
        act(collected)
      }, ms)
    }
    names.add(name)
  }
}

/** At most one call in ten seconds: a full Redis throws 15,000 errors a second. */
function sparingly(act: (error: Error) => void): (error: Error) => void {
  let quietUntil = 0
  return (error) => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + 10_000
    act(error)
  }
}

function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  return Promise.race([work.catch(() => {}), promise]).finally(() => clearTimeout(timer))
}
