import { defineJob } from '../src/worker/job.ts'
import { tidyUp } from '../src/worker/tidy.ts'

/** Deletes old rows that nobody needs any more. */
export const job = defineJob({
  name: 'tidy',
  every: 3600,
  wokenBy: [],
  run: tidyUp,
})
