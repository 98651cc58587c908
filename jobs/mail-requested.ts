import { mailRequested, secondsBetweenRuns } from '../src/readers/mail-requested.ts'
import { defineJob } from '../src/worker/job.ts'

/** Carries out the sign-ups that wait in a queue because many people signed up at one time. */
export const job = defineJob({
  name: 'mail-requested',
  every: secondsBetweenRuns,
  wokenBy: [],
  run: mailRequested,
})
