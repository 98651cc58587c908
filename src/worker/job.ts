import { z } from 'zod'
import type { App } from '../app.ts'

/** One thing that the clock does; its file is named after it. */
export type Job<Payload = unknown> = {
  name: string
  payload: z.ZodType<Payload>
  /** After how many seconds its sweep looks at the rows, even when nothing hastened it. */
  every: number
  /** How many hastened runs may go at the same time over all workers. */
  parallel: number
  /** `signal` says that the program stops: finish what is begun, claim nothing more. */
  run(app: App, payload: Payload, signal: AbortSignal): Promise<unknown>
}

/** A sweep takes no payload: what is due stands in the rows. */
export const sweep = z.object({}).loose()

export function defineJob<Payload>(job: Omit<Job<Payload>, 'parallel'> & { parallel?: number }): Job<Payload> {
  return { parallel: 1, ...job }
}
