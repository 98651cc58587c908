import { defineJob } from '../src/worker/job.ts'
import { reapUnownedDeliveries } from '../src/worker/recover.ts'

/** Releases deliveries that are claimed or submitted without a claim. */
export const job = defineJob({
  name: 'reap-unowned',
  every: 60,
  wokenBy: [],
  run: reapUnownedDeliveries,
})
