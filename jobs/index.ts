import type { Job } from '../src/worker/job.ts'
import { job as alert } from './alert.ts'
import { job as deliver } from './deliver.ts'
import { job as digest } from './digest.ts'
import { job as poll } from './poll.ts'
import { job as push } from './push.ts'
import { job as read } from './read.ts'
import { job as recover } from './recover.ts'
import { job as strays } from './strays.ts'
import { job as tidy } from './tidy.ts'

/** Everything that the clock does, in the order of the path: what one leaves, the next finds. */
export const jobs: Job[] = [recover, strays, poll, read, alert, digest, deliver, push, tidy]
