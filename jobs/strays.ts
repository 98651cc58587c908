import { defineJob } from '../src/worker/job.ts'
import { reapUnownedDeliveries } from '../src/worker/recover.ts'

/** Looks for mails that seem to be on their way while nobody holds them. */
export const job = defineJob({
  name: 'strays',
  every: 60,
  run: reapUnownedDeliveries,
})
