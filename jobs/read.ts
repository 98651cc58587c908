import { readRevisions } from '../src/reading/read-revisions.ts'
import { defineJob } from '../src/worker/job.ts'

/** Reads the revisions that polling has saved. */
export const job = defineJob({
  name: 'read',
  every: 15,
  parallel: 2,
  wokenBy: ['revisions'],
  run: readRevisions,
})
