import { sendAlarms } from '../src/admin/alarms/send-alarms.ts'
import { defineJob } from '../src/worker/job.ts'

/** Tells the admins of alarms, once while each one lasts. A web server does so too, because a worker cannot tell that none runs. */
export const job = defineJob({
  name: 'alarm',
  every: 30,
  wokenBy: [],
  run: sendAlarms,
})
