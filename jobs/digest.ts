import { composeDigests } from '../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../src/editions/welcome.ts'
import { defineJob } from '../src/worker/job.ts'

/** Composes the welcome digests of new subscriptions, then the digests that are due. */
export const job = defineJob({
  name: 'digest',
  every: 30,
  wokenBy: ['subscriptions'],
  async run(app, signal) {
    await welcomeNewcomers(app, signal)
    await composeDigests(app, signal)
  },
})
