import { checkAudit } from '../src/platform/audit/check-audit.ts'
import { defineJob } from '../src/worker/job.ts'

/** Verifies the chain of the audit log once a day. */
export const job = defineJob({
  name: 'check-audit',
  every: 3600,
  wokenBy: [],
  run: checkAudit,
})
