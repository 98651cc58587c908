import { pollDueFeeds } from '../src/feeds/poll.ts'
import { defineJob, sweep } from '../src/worker/job.ts'

/** Asks the feeds that are due. */
export const job = defineJob({
  name: 'poll',
  payload: sweep,
  every: 30,
  run: (app, _, signal) => pollDueFeeds(app, signal),
})
