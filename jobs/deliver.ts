import { deliverMail } from '../src/delivery/deliver.ts'
import { defineJob, sweep } from '../src/worker/job.ts'

/** Sends what the ledger owes. */
export const job = defineJob({
  name: 'deliver',
  payload: sweep,
  every: 10,
  parallel: 4,
  run: (app, _, signal) => deliverMail(app, signal),
})
