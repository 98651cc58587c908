import type { App } from '../app.ts'
import type { Tables } from '../platform/db/schema.ts'

/** Work that the worker does again and again. The file in jobs/ has the job's name. */
export type Job = {
  name: string
  /** The job runs every so many seconds, also when nothing has woken it. */
  every: number
  /** How many woken runs may go on at the same time, over all workers. */
  parallel: number
  /** The tables whose triggers wake the job: when a row is added, in `subscriptions` when one becomes active. */
  wokenBy: (keyof Tables)[]
  /** Does all work that is due. When `signal` aborts, it finishes the work in progress and claims no more. */
  run(app: App, signal: AbortSignal): Promise<unknown>
}

/** Defines a job; without `parallel` there is one run at a time. */
export function defineJob(job: Omit<Job, 'parallel'> & { parallel?: number }): Job {
  return { parallel: 1, ...job }
}
