import { defineJob, sweep } from '../src/worker/job.ts'
import { tidyUp } from '../src/worker/tidy.ts'

/** Drops what has outlived its use. */
export const job = defineJob({
  name: 'tidy',
  payload: sweep,
  every: 3600,
  run: (app) => tidyUp(app),
})
