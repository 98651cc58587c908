import { defineJob, sweep } from '../src/job.ts'
import { recoverStrays } from '../src/stages/recover.ts'

/** Looks for mails that seem to be on their way while nobody holds them. */
export const job = defineJob({
  name: 'strays',
  payload: sweep,
  every: 60,
  run: (app) => recoverStrays(app),
})
