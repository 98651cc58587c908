import { defineJob } from '../src/worker/job.ts'
import { tidyUp } from '../src/worker/tidy.ts'

/** Drops what has outlived its use. */
export const job = defineJob({
  name: 'tidy',
  every: 3600,
  run: tidyUp,
})
