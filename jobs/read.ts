import { defineJob, sweep } from '../src/job.ts'
import { readRevisions } from '../src/stages/read.ts'

/** Reads what was polled. */
export const job = defineJob({
  name: 'read',
  payload: sweep,
  every: 15,
  parallel: 2,
  run: (app, _, signal) => readRevisions(app, signal),
})
