import { readRevisions } from '../src/reading/read-revisions.ts'
import { defineJob } from '../src/worker/job.ts'

/** Reads what was polled. */
export const job = defineJob({
  name: 'read',
  every: 15,
  parallel: 2,
  run: readRevisions,
})
