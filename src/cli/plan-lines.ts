import type { AcceptPlan } from '../admin/plan-accept.ts'
import type { RunPlan } from '../worker/plan-run.ts'
import { sampled } from './sampled.ts'

/** What `run --once` would do, one line each. */
export function runPlanLines({ due, feeds, newcomers, digests }: RunPlan): string[] {
  const mails = due.reduce((sum, { count }) => sum + count, 0)
  return [
    `${mails} would be sent now.`,
    ...due.map(({ kind, count, sample }) => `  ${kind} ${count}${sampled(count, sample)}`),
    `Before that, feeds to poll: ${feeds}; digests to compose, by due moment: ${digests}; subscriptions to welcome: ${newcomers}.`,
    'What they bring would be sent too.',
  ]
}

/** What `feeds accept` would do, one line each. */
export function acceptPlanLines({ reports, read, alerts, digests }: AcceptPlan): string[] {
  return [
    `${reports} reports would be news${read < reports ? `; judged by the first ${read}` : ''}.`,
    `${alerts.count} would get an alert${sampled(alerts.count, alerts.sample)}.`,
    `${digests.count} could find them in their next digest${sampled(digests.count, digests.sample)}.`,
  ]
}
