import { defineJob } from '../src/worker/job.ts'
import { recoverWork } from '../src/worker/recover.ts'

/** Releases the claims of workers whose heartbeat has stopped. */
export const job = defineJob({
  name: 'recover',
  every: 5,
  wokenBy: [],
  run: recoverWork,
})
