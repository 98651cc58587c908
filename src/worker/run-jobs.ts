import type { App } from '../app.ts'
import { asWorker } from './heartbeat.ts'
import type { Job } from './job.ts'

/** The jobs of one worker, and which of them are running. */
export type JobRunner = {
  /**
   * Runs a job by its name. Does nothing for an unknown job, while the worker stops, or while its clock is wrong. Rejects when
   * the job fails.
   */
  run(name: string): Promise<void>
  /** Runs each job that is 40 s late. So the work goes on when the queue is lost. */
  runOverdue(): void
  /** Lets the running jobs finish what they have begun and begin no more, because the clock is wrong. */
  interrupt(): void
  /** Resolves when the running jobs have ended. */
  finish(): Promise<void>
}

/** How late a job may be before it is run without the queue. */
const overdueAfterMs = 40_000

/** Creates the runner of a worker; once `signal` aborts, no job begins. */
export function createJobRunner(app: App, jobs: Job[], signal: AbortSignal): JobRunner {
  const running = new Set<Promise<void>>()
  let interruption = new AbortController()
  const lastRun = new Map(jobs.map((job) => [job.name, performance.now()]))

  function run(name: string): Promise<void> {
    const job = jobs.find((candidate) => candidate.name === name)
    if (!job || signal.aborted || !app.clockGuard.isRight()) return Promise.resolve()
    lastRun.set(name, performance.now())
    const work = runJob(app, job, AbortSignal.any([signal, interruption.signal])).finally(() => {
      running.delete(work)
      lastRun.set(name, performance.now())
    })
    running.add(work)
    return work
  }

  function isOverdue({ name, every }: Job): boolean {
    return performance.now() - (lastRun.get(name) ?? 0) > every * 1000 + overdueAfterMs
  }

  return {
    run,
    runOverdue() {
      for (const { name } of jobs.filter(isOverdue)) run(name).catch(() => {}) // runJob has logged the error
    },
    interrupt() {
      interruption.abort()
      interruption = new AbortController()
    },
    async finish() {
      await Promise.allSettled(running)
    },
  }
}

/** Runs every job once, in their order: what one job leaves, the next one finds. Without a queue. */
export async function runOnce(app: App, jobs: Job[], signal: AbortSignal): Promise<void> {
  await asWorker(app, async (clockIsWrong) => {
    for (const job of jobs) await runJob(app, job, AbortSignal.any([signal, clockIsWrong]))
  })
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
