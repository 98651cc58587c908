import type { DeliveryState } from '../../platform/db/tables/delivery.ts'

type Told = {
  state: DeliveryState
  reason: string | null
  code: string | null
  held: boolean
  next: Temporal.Instant | null
}

/** Why deliveries are in their state, for people; null where the state says it all. `paused`: the last words against the edition. */
export function outcomeWords({ state, reason, code, held, next }: Told, paused: string | null): string | null {
  const said = code ? ` (${code})` : ''
  if (state === 'deferred') return `the mail server asked to wait${said}`
  if (state === 'failed') return `${reason ?? 'it failed'}${said}`
  if (state === 'unknown') return reason ?? 'the connection was lost after the message was handed over'
  if (state === 'claimed' || state === 'submitted') return 'on its way just now'
  if (state === 'due') return dueWords(reason, held, next, paused)
  return reason
}

function dueWords(reason: string | null, held: boolean, next: Temporal.Instant | null, paused: string | null): string {
  if (held) return paused === null ? (reason ?? 'waits for a person') : `its edition is paused: ${paused}`
  return next ? (reason ?? 'its time has not come') : 'due now'
}
