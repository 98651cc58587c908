import { pollDueFeeds } from '../src/feeds/poll.ts'
import { defineJob } from '../src/worker/job.ts'

/** Polls the feeds that are due. */
export const job = defineJob({
  name: 'poll',
  every: 30,
  wokenBy: ['feeds'],
  run: pollDueFeeds,
})
