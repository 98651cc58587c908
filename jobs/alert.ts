import { defineJob, sweep } from '../src/job.ts'
import { raiseAlerts } from '../src/stages/alert.ts'

/** Numbers new matches and closes the alerts that they call for. */
export const job = defineJob({
  name: 'alert',
  payload: sweep,
  every: 10,
  run: (app, _, signal) => raiseAlerts(app, signal),
})
