import { readRevisions } from '../src/reading/read-revisions.ts'
import { defineJob, sweep } from '../src/worker/job.ts'

/** Reads what was polled. */
export const job = defineJob({
  name: 'read',
  payload: sweep,
  every: 15,
  parallel: 2,
  run: (app, _, signal) => readRevisions(app, signal),
})
