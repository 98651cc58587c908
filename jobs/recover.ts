import { defineJob } from '../src/worker/job.ts'
import { recoverWork } from '../src/worker/recover.ts'

/** Takes over what dead workers held. */
export const job = defineJob({
  name: 'recover',
  every: 5,
  run: recoverWork,
})
