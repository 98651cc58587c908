import { composeDigests } from '../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../src/editions/welcome.ts'
import { defineJob } from '../src/worker/job.ts'

/** Composes the digests whose moment has come, and the welcome of everybody newly confirmed. */
export const job = defineJob({
  name: 'digest',
  every: 30,
  async run(app, signal) {
    await welcomeNewcomers(app, signal)
    await composeDigests(app, signal)
  },
})
