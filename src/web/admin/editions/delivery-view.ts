import type { Why } from '../../../delivery/edition-outcome.ts'
import { afterAcceptance } from '../../../delivery/rules/after-acceptance.ts'
import { deliveryStates } from '../../../delivery/rules/delivery-result.ts'
import { reasonInWords } from '../../../delivery/rules/wait-reasons.ts'
import type { DeliveryRow } from '../../../delivery/store/deliveries.ts'
import type { StateCounts } from '../../../delivery/store/delivery-counts.ts'
import { shownAddress } from '../../../platform/address.ts'
import { formatDue, formatUtc } from '../../../platform/text/format-instant.ts'
import { kindNames } from '../../editions.ts'

/** A delivery as the tables of the admin pages show it. */
export function deliveryView(delivery: DeliveryRow, now: Temporal.Instant) {
  const { id, email, subscriber_id, state, attempts, slug, subject, kind, sending, due_at, reason, reply } = delivery
  const next = due_at && ['due', 'deferred'].includes(state) ? nextAttempt(due_at, now) : undefined
  return {
    id,
    email: shownAddress(email),
    reader: subscriber_id,
    state,
    after: afterAcceptance(delivery, now),
    attempts,
    slug,
    subject,
    kind: kindNames[kind],
    sending,
    why: [reasonInWords(reason), next, reply].filter(Boolean).join(' · '),
    messageId: delivery.message_id,
    at: formatUtc(delivery.at),
  }
}

/** How many deliveries are in a state, and why. */
export function whyView({ state, count, why, next }: Why, now: Temporal.Instant) {
  return { state, count, why: next ? `${why}; ${nextAttempt(next, now)}` : why }
}

const nextAttempt = (at: Temporal.Instant, now: Temporal.Instant) => `next attempt ${formatDue(at, now)}`

/** The deliveries by state in the order of a delivery's life, and their sum over all sendings. */
export function statesView(counts: StateCounts): { states: { state: string; n: number }[]; total: number } {
  const states = deliveryStates.flatMap((state) => (counts[state] ? [{ state, n: counts[state] }] : []))
  return { states, total: states.reduce((sum, { n }) => sum + n, 0) }
}
