import { defineJob } from '../src/worker/job.ts'
import { keep } from '../src/worker/keep.ts'

/** Drops rows whose lifetime has ended, once a day, while no mail is due. */
export const job = defineJob({
  name: 'keep',
  every: 900,
  wokenBy: [],
  run: keep,
})
