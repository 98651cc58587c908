import { askForPushes } from '../src/feeds/push.ts'
import { defineJob } from '../src/worker/job.ts'

/** Subscribes at the WebSub hubs of feeds, and renews the leases before they end. */
export const job = defineJob({
  name: 'push',
  every: 300,
  wokenBy: [],
  run: askForPushes,
})
