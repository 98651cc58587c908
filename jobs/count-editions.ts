import { countEditions } from '../src/delivery/count-editions.ts'
import { defineJob } from '../src/worker/job.ts'

/** Keeps the counts of editions whose mails all have results. */
export const job = defineJob({
  name: 'count-editions',
  every: 60,
  wokenBy: [],
  run: countEditions,
})
