import { raiseAlerts } from '../src/editions/raise-alerts.ts'
import { defineJob } from '../src/worker/job.ts'

/** Numbers new matches, and publishes their alerts. */
export const job = defineJob({
  name: 'alert',
  every: 10,
  wokenBy: ['matches'],
  run: raiseAlerts,
})
