import { askForPushes } from '../src/feeds/push/subscribe-at-hub.ts'
import { defineJob } from '../src/worker/job.ts'

/** Subscribes at hubs that offer to push, and renews before the lease ends. */
export const job = defineJob({
  name: 'push',
  every: 300,
  run: askForPushes,
})
