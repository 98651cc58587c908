import { defineJob, sweep } from '../src/job.ts'
import { composeDigests } from '../src/stages/digest.ts'
import { welcomeNewcomers } from '../src/stages/welcome.ts'

/** Composes the digests whose moment has come, and the welcome of everybody newly confirmed. */
export const job = defineJob({
  name: 'digest',
  payload: sweep,
  every: 30,
  async run(app, _, signal) {
    await welcomeNewcomers(app, signal)
    await composeDigests(app, signal)
  },
})
