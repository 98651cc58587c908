import { welcomeNewcomers } from '../src/editions/welcome.ts'
import { defineJob } from '../src/worker/job.ts'

/** Composes the welcome digests of new subscriptions. */
export const job = defineJob({
  name: 'welcome',
  every: 30,
  wokenBy: ['subscriptions'],
  run: welcomeNewcomers,
})
