import { composeDigests } from '../src/editions/compose-digests.ts'
import { defineJob } from '../src/worker/job.ts'

/** Composes the digests that are due. */
export const job = defineJob({
  name: 'digest',
  every: 30,
  wokenBy: [],
  run: composeDigests,
})
