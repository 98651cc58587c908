import { defineJob, sweep } from '../src/job.ts'
import { pollFeeds } from '../src/stages/poll.ts'

/** Asks the feeds that are due. */
export const job = defineJob({
  name: 'poll',
  payload: sweep,
  every: 30,
  run: (app, _, signal) => pollFeeds(app, signal),
})
