import { deliverMail } from '../src/delivery/deliver.ts'
import { defineJob } from '../src/worker/job.ts'

/** Sends the deliveries that are due. */
export const job = defineJob({
  name: 'deliver',
  every: 10,
  parallel: 4,
  wokenBy: ['deliveries'],
  run: deliverMail,
})
