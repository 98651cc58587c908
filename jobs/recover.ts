import { defineJob, sweep } from '../src/job.ts'
import { recoverWork } from '../src/stages/recover.ts'

/** Takes over what dead workers held. */
export const job = defineJob({
  name: 'recover',
  payload: sweep,
  every: 5,
  run: (app) => recoverWork(app),
})
