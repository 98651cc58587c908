import { raiseAlerts } from '../src/editions/raise-alerts.ts'
import { defineJob } from '../src/worker/job.ts'

/** Numbers new matches and closes the alerts that they call for. */
export const job = defineJob({
  name: 'alert',
  every: 10,
  run: raiseAlerts,
})
