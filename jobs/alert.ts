import { raiseAlerts } from '../src/editions/raise-alerts.ts'
import { defineJob, sweep } from '../src/worker/job.ts'

/** Numbers new matches and closes the alerts that they call for. */
export const job = defineJob({
  name: 'alert',
  payload: sweep,
  every: 10,
  run: (app, _, signal) => raiseAlerts(app, signal),
})
