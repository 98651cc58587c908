import { askForPushes } from '../src/feeds/push.ts'
import { defineJob, sweep } from '../src/worker/job.ts'

/** Subscribes at hubs that offer to push, and renews before the lease ends. */
export const job = defineJob({
  name: 'push',
  payload: sweep,
  every: 300,
  run: (app, _, signal) => askForPushes(app, signal),
})
