import { defineJob, sweep } from '../src/job.ts'
import { deliverMail } from '../src/stages/deliver.ts'

/** Sends what the ledger owes. */
export const job = defineJob({
  name: 'deliver',
  payload: sweep,
  every: 10,
  parallel: 4,
  run: (app, _, signal) => deliverMail(app, signal),
})
