import { deliverMail } from '../src/delivery/deliver.ts'
import { defineJob } from '../src/worker/job.ts'

/** Sends what the ledger owes. */
export const job = defineJob({
  name: 'deliver',
  every: 10,
  parallel: 4,
  run: deliverMail,
})
