import type { App } from '../app.ts'
import { schemaProblem, schemaState } from '../platform/db/migrate.ts'
import { listenForWakeUps } from '../platform/db/wake.ts'
import { shutdownLimits } from '../platform/shutdown-limits.ts'
import { heartbeatMs, registerProcess, renewHeartbeat } from './heartbeat.ts'
import type { Job } from './job.ts'
import { openQueueWorker, openScheduler, type QueueHome } from './queue.ts'
import { leaveWork } from './recover.ts'
import { createJobRunner } from './run-jobs.ts'

const scheduleMs = 15_000
const watchdogMs = 5_000
const wakeUpBatchMs = 20
const errorLogMs = 10_000

/** A running worker. `stop` takes less than SHUTDOWN_SECONDS, even when the database or the queue does not answer. */
export type RunningWorker = { stop(): Promise<void> }

/**
 * Starts a worker in this process. It registers, renews its heartbeat, keeps the schedules in the queue, turns wake-ups
 * into jobs, runs the jobs that the queue hands out, and runs overdue jobs without the queue. While its clock is wrong, it only
 * renews its heartbeat.
 */
export async function startWorker(app: App, jobs: Job[]): Promise<RunningWorker> {
  const stopping = new AbortController()
  const onError = logSometimes(app, stopping.signal)
  const home: QueueHome = { redisUrl: app.config.redisUrl, databaseUrl: app.config.databaseDirectUrl, onError }
  await registerProcess(app)

  const runner = createJobRunner(app, jobs, stopping.signal)
  const scheduler = openScheduler(home)
  const queueWorker = openQueueWorker(home, runner.run)
  const scheduleJobs = () => {
    // With a wrong clock, the next runs would lie where this clock is.
    if (app.clockGuard.isRight()) for (const job of jobs) scheduler.schedule(job, app.now()).catch(onError)
  }
  const wakeUp = batchWakeUps((names) => {
    for (const job of jobs) if (names.has(job.name)) scheduler.wake(job).catch(onError)
  })
  const wakeAll = () => {
    for (const job of jobs) wakeUp(job.name)
  }
  const stopListening = listenForWakeUps(home.databaseUrl, wakeUp, wakeAll)
  /** A version that does not know the schema claims nothing: its statements may break what the newer version writes. */
  const beat = async () => {
    const wasRight = app.clockGuard.isRight()
    await renewHeartbeat(app)
    if (!stopping.signal.aborted && (await isSchemaNewer(app))) return void leave()
    if (!app.clockGuard.isRight()) return runner.interrupt()
    if (wasRight) return
    scheduleJobs()
    wakeAll()
  }
  const timers = [
    setInterval(() => beat().catch(onError), heartbeatMs),
    setInterval(scheduleJobs, scheduleMs),
    setInterval(runner.runOverdue, watchdogMs),
  ]
  scheduleJobs()
  wakeAll()

  let left: Promise<void> | undefined
  const leave = () => {
    left ??= leaveNow()
    return left
  }
  async function leaveNow(): Promise<void> {
    const { jobsMs, leaveMs } = shutdownLimits(app.config.shutdownSeconds)
    stopping.abort()
    await within(jobsMs, runner.finish())
    for (const timer of timers) clearInterval(timer)
    await within(leaveMs, Promise.allSettled([stopListening(), queueWorker.close(true), scheduler.close()]))
    await within(leaveMs, leaveWork(app))
  }
  return { stop: leave }
}

async function isSchemaNewer(app: App): Promise<boolean> {
  const state = await schemaState(app.db)
  if (!state.unknown.length) return false
  app.log.error({ unknown: state.unknown }, `this worker stopped working: ${schemaProblem(state)}`)
  return true
}

/** Logs at most one error of the queue in 10 s: a Redis without memory causes 15,000 a second. None while stopping. */
function logSometimes(app: App, stopping: AbortSignal): (error: Error) => void {
  let quietUntil = 0
  return (error) => {
    if (stopping.aborted || performance.now() < quietUntil) return
    quietUntil = performance.now() + errorLogMs
    app.log.error({ err: error }, 'queue failed')
  }
}

/** Collects the wake-ups of 20 ms, so that a burst of rows wakes a job once. */
function batchWakeUps(wake: (names: Set<string>) => void): (name: string) => void {
  let names = new Set<string>()
  return (name) => {
    if (!names.size) {
      setTimeout(() => {
        const batch = names
        names = new Set()
        wake(batch)
      }, wakeUpBatchMs)
    }
    names.add(name)
  }
}

/** Waits until the work ends, in whatever way, but not longer than `ms`. */
function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  return Promise.race([work.catch(() => {}), promise]).finally(() => clearTimeout(timer))
}
